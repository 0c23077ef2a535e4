package dev.skelly.apidocs;

import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses a regular expression that {@link dev.skelly.schema.LinearPattern} takes: literals, character classes, groups, alternatives and
 * quantifiers. Assertions and flags are skipped.
 */
final class PatternParser {

    private static final int DEPTH_MAX = 50;
    private static final int REPETITIONS_MAX = 10_000;
    private static final Pattern COUNTS = Pattern.compile("\\{(\\d{1,9})(,(\\d{1,9})?)?}");
    private static final Pattern GROUP_START = Pattern.compile("\\?(?::|-?i:|<[^>]*>)");
    private static final Pattern FLAG = Pattern.compile("\\?i\\)");
    private static final Pattern ESCAPE = Pattern.compile(
            "\\\\(?:[pP]\\{[^}]*}|x[0-9a-fA-F]{2}|u[dD][89abAB]..\\\\u[dD][c-fC-F]..|u\\{[^}]*}|u[0-9a-fA-F]{4}|c.|[dDwWsStnrfv0]|[^A-Za-z0-9])",
            Pattern.DOTALL);
    private static final String ASSERTIONS = "bB";

    private final String text;
    private int at;

    private PatternParser(String text) {
        this.text = text;
    }

    /** Returns the parsed expression; empty for one that is too complex. */
    static Optional<PatternNode> parse(String pattern) {
        try {
            var parser = new PatternParser(pattern);
            var node = parser.choice(0);
            return parser.more() ? Optional.empty() : Optional.of(node);
        } catch (UnsupportedPattern unsupported) {
            return Optional.empty();
        }
    }

    private boolean more() {
        return at < text.length();
    }

    private boolean next(char sign) {
        return more() && text.charAt(at) == sign;
    }

    private PatternNode choice(int depth) {
        if (depth > DEPTH_MAX) {
            throw new UnsupportedPattern();
        }
        var alternatives = new ArrayList<PatternNode>();
        alternatives.add(sequence(depth));
        while (next('|')) {
            at++;
            alternatives.add(sequence(depth));
        }
        return alternatives.size() == 1 ? alternatives.get(0) : new PatternNode.Choice(alternatives);
    }

    private PatternNode sequence(int depth) {
        var parts = new ArrayList<PatternNode>();
        while (more() && !next('|') && !next(')')) {
            parts.add(quantified(atom(depth)));
        }
        return new PatternNode.Sequence(parts);
    }

    private PatternNode atom(int depth) {
        return switch (text.charAt(at)) {
            case '(' -> group(depth + 1);
            case '[' -> oneCharacter(classEnd());
            case '\\' -> escape();
            case '^', '$' -> nothing(at + 1);
            case '.' -> oneCharacter(at + 1);
            case '*', '+', '?', '{' -> throw new UnsupportedPattern();
            default -> oneCharacter(at + Character.charCount(text.codePointAt(at)));
        };
    }

    private PatternNode nothing(int end) {
        at = end;
        return PatternNode.NOTHING;
    }

    private PatternNode oneCharacter(int end) {
        var source = text.substring(at, end);
        at = end;
        return new PatternNode.OneCharacter(source);
    }

    private int classEnd() {
        for (var end = at; end < text.length(); end++) {
            if (text.charAt(end) == '\\') {
                end++;
            } else if (text.charAt(end) == ']') {
                return end + 1;
            }
        }
        throw new UnsupportedPattern();
    }

    private PatternNode escape() {
        if (at + 1 < text.length() && ASSERTIONS.indexOf(text.charAt(at + 1)) >= 0) {
            return nothing(at + 2);
        }
        return looking(ESCAPE).map(found -> oneCharacter(found.end())).orElseThrow(UnsupportedPattern::new);
    }

    private PatternNode group(int depth) {
        at++;
        var flag = looking(FLAG);
        if (flag.isPresent()) {
            return nothing(flag.get().end());
        }
        looking(GROUP_START).ifPresent(start -> at = start.end());
        var inner = choice(depth);
        if (!next(')')) {
            throw new UnsupportedPattern();
        }
        at++;
        return inner;
    }

    private Optional<Matcher> looking(Pattern what) {
        var matcher = what.matcher(text).region(at, text.length());
        return matcher.lookingAt() ? Optional.of(matcher) : Optional.empty();
    }

    private PatternNode quantified(PatternNode atom) {
        var node = atom;
        while (more() && "*+?{".indexOf(text.charAt(at)) >= 0) {
            node = switch (text.charAt(at)) {
                case '*' -> repeated(node, 0, Integer.MAX_VALUE, at + 1);
                case '+' -> repeated(node, 1, Integer.MAX_VALUE, at + 1);
                case '?' -> repeated(node, 0, 1, at + 1);
                default -> counted(node);
            };
            if (next('?')) { // A lazy one takes up the same text.
                at++;
            }
        }
        return node;
    }

    private PatternNode counted(PatternNode node) {
        var counts = looking(COUNTS).orElseThrow(UnsupportedPattern::new);
        var min = Integer.parseInt(counts.group(1));
        var open = counts.group(2) != null;
        var max = counts.group(3) != null ? Integer.parseInt(counts.group(3)) : open ? Integer.MAX_VALUE : min;
        return repeated(node, min, max, counts.end());
    }

    private PatternNode repeated(PatternNode node, int min, int max, int end) {
        if (min > REPETITIONS_MAX || max < min) {
            throw new UnsupportedPattern();
        }
        at = end;
        return new PatternNode.Repetition(node, min, max);
    }

    private static final class UnsupportedPattern extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
