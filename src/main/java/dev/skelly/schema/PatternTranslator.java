package dev.skelly.schema;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Translates a regular expression of ECMA-262 with the flag {@code u} into the syntax of RE2, of which parts mean something else under the same name. Refuses what
 * neither has or only the former, and expressions whose counted repetitions make them too large. For one expression.
 */
final class PatternTranslator {

    /** The maximum number of characters and quantifiers, with counted repetitions written out. */
    static final int SIZE_MAX = 1_000;

    private static final int DEPTH_MAX = 50;
    private static final String LINE_END = "\\n\\r\\x{2028}\\x{2029}";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");
    private static final String QUANTIFIERS = "*+?{";

    private final PatternReader in;
    private final PatternClass classes;
    private final StringBuilder out = new StringBuilder();
    private final Set<String> names = new HashSet<>();

    PatternTranslator(String expression) {
        this.in = new PatternReader(expression);
        this.classes = new PatternClass(in, out);
    }

    /**
     * Returns the expression in the syntax of RE2.
     *
     * @throws IllegalArgumentException with what is wrong or unsupported, and its place
     */
    String translated() {
        var size = choice(0);
        if (in.more()) {
            throw in.fault("has a ) too many");
        }
        requireSize(size);
        return out.toString();
    }

    private long choice(int depth) {
        if (depth > DEPTH_MAX) {
            throw in.fault("has groups more than " + DEPTH_MAX + " deep");
        }
        var size = sequence(depth);
        while (in.takes("|")) {
            out.append('|');
            size += 1 + sequence(depth);
        }
        return size;
    }

    private long sequence(int depth) {
        var size = 0L;
        while (in.more() && !in.sees("|") && !in.sees(")")) {
            size += quantified(depth);
            requireSize(size);
        }
        return size;
    }

    private void requireSize(long size) {
        if (size > SIZE_MAX) {
            throw in.fault("has more than " + SIZE_MAX
                    + " steps with its repetitions {…} written out (maxLength limits a length without them)");
        }
    }

    private long quantified(int depth) {
        if (in.takes("^")) {
            return assertion("^");
        }
        if (in.takes("$")) {
            return assertion("$");
        }
        if (in.takes("\\b")) {
            return assertion("\\b");
        }
        if (in.takes("\\B")) {
            return assertion("\\B");
        }
        return repeated(Math.max(1, atom(depth)));
    }

    private long assertion(String text) {
        if (quantifierFollows()) {
            throw in.fault("repeats what is no character");
        }
        out.append(text);
        return 1;
    }

    private boolean quantifierFollows() {
        return QUANTIFIERS.chars().anyMatch(sign -> in.sees(Character.toString(sign)));
    }

    private long atom(int depth) {
        if (quantifierFollows()) {
            throw in.fault("has nothing to repeat");
        }
        if (in.takes("(")) {
            return group(depth);
        }
        if (in.sees("]") || in.sees("}")) {
            throw in.fault("has a bracket that ends nothing (write a backslash before the character)");
        }
        if (in.takes("[")) {
            classes.bracket();
        } else if (in.takes(".")) {
            out.append("[^").append(LINE_END).append(']');
        } else if (in.takes("\\")) {
            classes.escape();
        } else {
            PatternClass.append(out, in.next());
        }
        return 1;
    }

    /* Names and captures are left out: only back references could tell. */
    private long group(int depth) {
        if (in.takes("?")) {
            out.append(plain());
        } else {
            out.append("(?:");
        }
        var size = choice(depth + 1);
        if (!in.takes(")")) {
            throw in.fault("lacks )");
        }
        out.append(')');
        return size;
    }

    private String plain() {
        if (in.sees("=") || in.sees("!")) {
            throw in.fault("has a look-ahead, which cannot be matched in linear time,");
        }
        if (in.sees("<=") || in.sees("<!")) {
            throw in.fault("has a look-behind, which cannot be matched in linear time,");
        }
        if (in.sees("i") || in.sees("-i")) {
            throw in.fault("has an inline flag, which ECMA-262 has not (write [aA] for a letter in either case),");
        }
        if (in.takes("<")) {
            name(in.until('>'));
        } else if (!in.takes(":")) {
            throw in.fault("has a group of a kind that ECMA-262 has not");
        }
        return "(?:";
    }

    private void name(String name) {
        if (!NAME.matcher(name).matches() || !names.add(name)) {
            throw in.fault("has a group whose name is invalid or stands twice");
        }
    }

    private long repeated(long size) {
        var least = 0L;
        var most = -1L;
        if (in.takes("*")) {
            out.append('*');
        } else if (in.takes("+")) {
            out.append('+');
        } else if (in.takes("?")) {
            out.append('?');
            most = 1;
        } else if (in.takes("{")) {
            least = in.number();
            most = in.takes(",") ? in.number() : least;
            counted(least, most);
        } else {
            return size;
        }
        in.takes("?"); // Whether the shortest text is tried first does not change whether one is found.
        if (quantifierFollows()) {
            throw in.fault("repeats a repetition");
        }
        var written = size * least + (size + 1) * (most < 0 ? 1 : most - least);
        requireSize(written);
        return Math.max(1, written);
    }

    private void counted(long least, long most) {
        if (least < 0 || (most >= 0 && most < least) || !in.takes("}")) {
            throw in.fault("has a { that begins no repetition (write \\{ for the character)");
        }
        requireSize(Math.max(least, most));
        out.append('{').append(least);
        if (most != least) {
            out.append(',').append(most < 0 ? "" : Long.toString(most));
        }
        out.append('}');
    }
}
