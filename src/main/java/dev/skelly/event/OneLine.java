package dev.skelly.event;

import java.util.regex.Pattern;

/** Text of one line, by the general categories of Unicode. */
public final class OneLine {

    private static final String BREAKS = "\\p{Cc}\\p{Zl}\\p{Zp}";

    /* Letters, symbols and unassigned characters that are empty: fillers of Hangul, blank Braille, a note without a head, controls
     * of format of any version of Unicode, tags. */
    private static final String EMPTY =
            "\\u061c\\u115f\\u1160\\u2060-\\u206f\\u2800\\u3164\\uffa0\\ufff0-\\ufff8\\u{13430}-\\u{1345f}\\u{1bca0}-\\u{1bca3}\\u{1d159}\\u{e0000}-\\u{e0fff}";

    /**
     * A regular expression of ECMA-262 with the flag {@code u}: text without control characters (C0, DEL, C1) and line separators, with at
     * least one character that shows something by itself.
     */
    public static final String PATTERN =
            "^[^" + BREAKS + "]*[^\\p{Cc}\\p{Cf}\\p{Z}\\p{M}" + EMPTY + "][^" + BREAKS + "]*$";

    /** What a text of another form gets told. */
    public static final String EXPECTED = "one line that is not blank";

    private static final Pattern BREAK = Pattern.compile("[" + BREAKS + "]+");

    private OneLine() {}

    /** Returns whether a text has no control character and no line separator; it may be blank. */
    public static boolean isUnbroken(String text) {
        return !BREAK.matcher(text).find();
    }

    /** Returns a text with a space in place of each run of control characters and line separators. */
    public static String unbroken(String text) {
        return BREAK.matcher(text).replaceAll(" ");
    }
}
