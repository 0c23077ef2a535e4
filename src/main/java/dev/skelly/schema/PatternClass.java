package dev.skelly.schema;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates the escapes and the classes in brackets of a regular expression. For one expression. */
final class PatternClass {

    private static final String DIGITS = "0-9";
    private static final String WORDS = "0-9A-Za-z_";
    private static final String SPACES =
            "\\x{9}-\\x{D}\\x{20}\\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}\\x{FEFF}";
    private static final String NO_SPACES =
            "\\x{0}-\\x{8}\\x{E}-\\x{1F}\\x{21}-\\x{9F}\\x{A1}-\\x{167F}\\x{1681}-\\x{1FFF}"
                    + "\\x{200B}-\\x{2027}\\x{202A}-\\x{202E}\\x{2030}-\\x{205E}\\x{2060}-\\x{2FFF}\\x{3001}-\\x{FEFE}\\x{FF00}-\\x{10FFFF}";
    private static final String NO_DIGITS = "\\x{0}-\\x{2F}\\x{3A}-\\x{10FFFF}";
    private static final String NO_WORDS = "\\x{0}-\\x{2F}\\x{3A}-\\x{40}\\x{5B}-\\x{5E}\\x{60}\\x{7B}-\\x{10FFFF}";
    private static final String ALL = "\\x{0}-\\x{10FFFF}";
    private static final Map<Integer, String> SETS = Map.of(
            (int) 'd', DIGITS, (int) 'D', NO_DIGITS, (int) 'w', WORDS, (int) 'W', NO_WORDS, (int) 's', SPACES,
            (int) 'S', NO_SPACES);
    private static final Map<Integer, Integer> CONTROLS =
            Map.of((int) 't', 0x9, (int) 'n', 0xA, (int) 'v', 0xB, (int) 'f', 0xC, (int) 'r', 0xD, (int) '0', 0);
    private static final String SYNTAX = "^$\\.*+?()[]{}|/"; // What may stand after a backslash for itself.
    private static final int BACKSPACE = 8;
    private static final int CONTROL_MASK = 0x1F;

    private final PatternReader in;
    private final StringBuilder out;

    PatternClass(PatternReader in, StringBuilder out) {
        this.in = in;
        this.out = out;
    }

    /** Appends one character such that it stands for itself. */
    static void append(StringBuilder out, int point) {
        if (Character.isLetterOrDigit(point) && point < 0x80) {
            out.append((char) point);
        } else {
            out.append("\\x{").append(Integer.toHexString(point)).append('}');
        }
    }

    /** Translates an escape outside brackets, after its backslash. */
    void escape() {
        var set = set();
        if (set == null) {
            append(out, character(SYNTAX));
        } else {
            out.append(set.isEmpty() ? "[^" + ALL : "[" + set).append(']');
        }
    }

    /** Translates a class in brackets, after the first one. */
    void bracket() {
        out.append(in.takes("^") ? "[^" : "[");
        var start = out.length();
        while (!in.takes("]")) {
            item();
        }
        if (out.length() == start) { // An empty class: no character, or with ^ all.
            var none = out.charAt(start - 1) == '[';
            out.setLength(none ? start - 1 : start - 2);
            out.append(none ? "[^" : "[").append(ALL);
        }
        out.append(']');
    }

    private void item() {
        if (in.sees("&&") || in.sees("[")) {
            throw in.fault("has " + (in.sees("[") ? "[" : "&&")
                    + " within brackets, which is no operator in ECMA-262 (write a backslash before the character)");
        }
        var first = member();
        var after = in.position();
        if (in.takes("-") && in.more() && !in.sees("]")) {
            range(first);
            return;
        }
        in.back(after);
        if (first >= 0) {
            append(out, first);
        }
    }

    private void range(int first) {
        if (in.sees("[")) {
            throw in.fault("has [ within brackets (write a backslash before it)");
        }
        var last = member();
        if (first < 0 || last < 0) {
            throw in.fault("has a range from or to a set such as \\w (write a backslash before the hyphen)");
        }
        if (last < first) {
            throw in.fault("has a range whose end is before its start");
        }
        append(out, first);
        out.append('-');
        append(out, last);
    }

    /* Returns a character; -1 after a set, which is appended. */
    private int member() {
        if (!in.takes("\\")) {
            return in.next();
        }
        if (in.takes("b")) {
            return BACKSPACE;
        }
        var set = set();
        if (set == null) {
            return character(SYNTAX + "-");
        }
        out.append(set);
        return -1;
    }

    private @Nullable String set() {
        for (var set : SETS.entrySet()) {
            if (in.takes(Character.toString(set.getKey()))) {
                return set.getValue();
            }
        }
        if (in.takes("p{")) {
            return UnicodeProperty.of(in.until('}'), false, in);
        }
        return in.takes("P{") ? UnicodeProperty.of(in.until('}'), true, in) : null;
    }

    private int character(String escaped) {
        var point = in.next();
        var control = CONTROLS.get(point);
        if (control != null) {
            if (point == '0' && in.number() >= 0) {
                throw in.fault("has an octal escape");
            }
            return control;
        }
        return switch (point) {
            case 'c' -> letter() & CONTROL_MASK;
            case 'x' -> in.hexadecimal(2);
            case 'u' -> in.takes("{") ? in.hexadecimal(in.until('}')) : unit();
            default -> itself(point, escaped);
        };
    }

    private int letter() {
        var letter = in.next();
        if (!Character.isLetter(letter) || letter >= 0x80) {
            throw in.fault("has an invalid escape");
        }
        return letter;
    }

    /* Two escapes of surrogates are one character. */
    private int unit() {
        var first = (char) in.hexadecimal(4);
        var after = in.position();
        if (Character.isHighSurrogate(first) && in.takes("\\u") && !in.sees("{")) {
            var second = (char) in.hexadecimal(4);
            if (Character.isLowSurrogate(second)) {
                return Character.toCodePoint(first, second);
            }
        }
        in.back(after);
        return first;
    }

    private int itself(int point, String escaped) {
        if (point == 'k' || (point >= '1' && point <= '9')) {
            throw in.fault("has a back reference, which cannot be matched in linear time,");
        }
        if (escaped.indexOf(point) < 0) {
            throw in.fault("has the escape \\" + Character.toString(point) + ", which ECMA-262 has not,");
        }
        return point;
    }
}
