package dev.skelly.schema;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** The characters of a regular expression, read one after the other. Confined to one thread. */
final class PatternReader {

    private static final int HEX = 16;

    private final String text;
    private int at;

    PatternReader(String text) {
        this.text = text;
    }

    boolean more() {
        return at < text.length();
    }

    /** Returns whether the next characters are these, without reading them. */
    boolean sees(String next) {
        return text.startsWith(next, at);
    }

    /** Reads these characters if they are the next ones. */
    @CanIgnoreReturnValue
    boolean takes(String next) {
        var found = sees(next);
        at += found ? next.length() : 0;
        return found;
    }

    /** Reads one code point; not at the end. */
    int next() {
        if (!more()) {
            throw fault("ends too early");
        }
        var point = text.codePointAt(at);
        at += Character.charCount(point);
        return point;
    }

    /** Reads up to a character and that character, and returns what is before it. */
    @CanIgnoreReturnValue
    String until(char end) {
        var found = text.indexOf(end, at);
        if (found < 0) {
            throw fault("lacks " + end);
        }
        var part = text.substring(at, found);
        at = found + 1;
        return part;
    }

    /** Reads a number of at most nine decimal digits; -1 without any. */
    int number() {
        var start = at;
        while (more() && Character.digit(text.charAt(at), 10) >= 0 && text.charAt(at) < 0x80) {
            at++;
        }
        if (at - start > 9) {
            throw fault("has too large a number");
        }
        return at == start ? -1 : Integer.parseInt(text.substring(start, at));
    }

    /** Reads so many hexadecimal digits. */
    int hexadecimal(int digits) {
        var end = at + digits;
        if (end > text.length()) {
            throw fault("ends within an escape");
        }
        var value = hexadecimal(text.substring(at, end));
        at = end;
        return value;
    }

    /** Converts hexadecimal digits into a code point. */
    int hexadecimal(String digits) {
        try {
            var value = Integer.parseInt(digits, HEX);
            if (Character.isValidCodePoint(value) && !digits.startsWith("+")) {
                return value;
            }
        } catch (NumberFormatException e) { // Said below.
        }
        throw fault("has an invalid escape");
    }

    int position() {
        return at;
    }

    /** Goes back to a position. */
    void back(int position) {
        at = position;
    }

    /** Creates a fault at the current place. */
    IllegalArgumentException fault(String what) {
        return new IllegalArgumentException(what + " at character " + (text.codePointCount(0, at) + 1));
    }
}
