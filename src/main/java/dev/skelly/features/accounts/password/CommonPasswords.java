package dev.skelly.features.accounts.password;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The 3,000 most used passwords among those that are long enough to be set here (OWASP ASVS 5.0, 6.2.4). Loaded once, from the jar.
 */
public final class CommonPasswords {

    private static final String FILE = "/passwords/common.txt";
    private static final Set<String> LIST = read();

    private CommonPasswords() {}

    private static Set<String> read() {
        try (var file = Objects.requireNonNull(CommonPasswords.class.getResourceAsStream(FILE), FILE);
                var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("# ")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells whether a password is on the list, ignoring case. */
    static boolean include(String password) {
        return LIST.contains(password.toLowerCase(Locale.ROOT));
    }

    /** Returns the number of passwords. */
    public static int size() {
        return LIST.size();
    }
}
