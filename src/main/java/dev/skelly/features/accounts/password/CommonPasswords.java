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
 * The passwords that are tried first: the 3,000 most used ones among those that are long enough to be set here (OWASP ASVS 5.0, 6.2.4).
 * Read once, from the jar.
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

    /** Whether a password is on the list, in whatever case. */
    static boolean include(String password) {
        return LIST.contains(password.toLowerCase(Locale.ROOT));
    }

    /** How many there are. */
    public static int size() {
        return LIST.size();
    }
}
