package dev.skelly.features.accounts.password;

import java.util.List;
import java.util.Locale;

/** Finds passwords that only a pattern makes long: a short unit that is repeated, or neighbours of alphabets and keyboards. */
final class SimplePatterns {

    private static final int UNIT_MAX = 4;
    private static final int RUN_MIN = 3;
    private static final List<String> ROWS = List.of(
            "1234567890",
            "qwertyuiop",
            "asdfghjkl",
            "zxcvbnm",
            "qwertzuiop",
            "yxcvbnm",
            "azertyuiop",
            "qsdfghjklm",
            "wxcvbn");

    private SimplePatterns() {}

    /** Tells whether a password is a unit of at most four characters again and again, ignoring case; the last one may be cut. */
    static boolean repeats(String password) {
        var characters = characters(password);
        for (var unit = 1; unit <= UNIT_MAX && 2 * unit <= characters.length; unit++) {
            if (repeats(characters, unit)) {
                return true;
            }
        }
        return false;
    }

    private static boolean repeats(int[] characters, int unit) {
        for (var at = unit; at < characters.length; at++) {
            if (characters[at] != characters[at - unit]) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether a password consists of runs of at least three neighbours each, forwards or backwards, such as {@code abcd4321}. */
    static boolean runs(String password) {
        var characters = characters(password);
        var at = 0;
        while (at < characters.length) {
            var length = run(characters, at);
            if (length < RUN_MIN) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private static int[] characters(String password) {
        return password.toLowerCase(Locale.ROOT).codePoints().toArray();
    }

    /* Returns the length of the longest run that begins at a character. */
    private static int run(int[] characters, int start) {
        var longest = Math.max(steps(characters, start, 1), steps(characters, start, -1));
        for (var row : ROWS) {
            longest = Math.max(longest, Math.max(steps(characters, start, row, 1), steps(characters, start, row, -1)));
        }
        return longest;
    }

    private static int steps(int[] characters, int start, int step) {
        var at = start + 1;
        while (at < characters.length && characters[at] == characters[at - 1] + step) {
            at++;
        }
        return at - start;
    }

    private static int steps(int[] characters, int start, String row, int step) {
        var place = row.indexOf(characters[start]);
        var at = start + 1;
        while (at < characters.length && place >= 0 && next(row, place, step) == characters[at]) {
            place += step;
            at++;
        }
        return at - start;
    }

    private static int next(String row, int place, int step) {
        var next = place + step;
        return next < 0 || next >= row.length() ? -1 : row.charAt(next);
    }
}
