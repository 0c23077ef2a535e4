package dev.skelly.features.accounts.password;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * Those of the 100,000 most used passwords that are long enough to be set here (OWASP ASVS 5.0, 6.2.4). The file in the jar is read once and
 * stays one array; a look-up takes a microsecond.
 */
public final class CommonPasswords {

    private static final String FILE = "/passwords/common.txt";
    private static final CommonPasswords LIST = new CommonPasswords(read());

    private final byte[] text;
    private final int[] starts;

    private CommonPasswords(byte[] text) {
        this.text = text;
        this.starts = starts(text);
    }

    private static byte[] read() {
        try (var file = Objects.requireNonNull(CommonPasswords.class.getResourceAsStream(FILE), FILE)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /* Returns where the lines begin that are not comments. */
    private static int[] starts(byte[] text) {
        var starts = new int[text.length];
        var count = 0;
        var start = 0;
        for (var at = 0; at < text.length; at++) {
            if (text[at] == '\n') {
                if (text[start] != '#' || text[start + 1] != ' ') {
                    starts[count++] = start;
                }
                start = at + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }

    /** Tells whether a password is on the list, ignoring case. */
    static boolean include(String password) {
        return LIST.has(password.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }

    private boolean has(byte[] password) {
        var low = 0;
        var high = starts.length - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var order = Arrays.compareUnsigned(text, starts[middle], end(starts[middle]), password, 0, password.length);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    private int end(int start) {
        var end = start;
        while (text[end] != '\n') {
            end++;
        }
        return end;
    }

    /** Returns the number of passwords. The first call reads the file. */
    public static int size() {
        return LIST.starts.length;
    }
}
