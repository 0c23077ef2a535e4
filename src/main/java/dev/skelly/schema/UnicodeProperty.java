package dev.skelly.schema;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** Names of Unicode properties in ECMA-262, and the characters that have them. */
final class UnicodeProperty {

    private static final Map<String, String> CATEGORIES = Map.ofEntries(
            Map.entry("Letter", "L"),
            Map.entry("Uppercase_Letter", "Lu"),
            Map.entry("Lowercase_Letter", "Ll"),
            Map.entry("Titlecase_Letter", "Lt"),
            Map.entry("Modifier_Letter", "Lm"),
            Map.entry("Other_Letter", "Lo"),
            Map.entry("Mark", "M"),
            Map.entry("Combining_Mark", "M"),
            Map.entry("Nonspacing_Mark", "Mn"),
            Map.entry("Spacing_Mark", "Mc"),
            Map.entry("Enclosing_Mark", "Me"),
            Map.entry("Number", "N"),
            Map.entry("Decimal_Number", "Nd"),
            Map.entry("digit", "Nd"),
            Map.entry("Letter_Number", "Nl"),
            Map.entry("Other_Number", "No"),
            Map.entry("Punctuation", "P"),
            Map.entry("punct", "P"),
            Map.entry("Connector_Punctuation", "Pc"),
            Map.entry("Dash_Punctuation", "Pd"),
            Map.entry("Open_Punctuation", "Ps"),
            Map.entry("Close_Punctuation", "Pe"),
            Map.entry("Initial_Punctuation", "Pi"),
            Map.entry("Final_Punctuation", "Pf"),
            Map.entry("Other_Punctuation", "Po"),
            Map.entry("Symbol", "S"),
            Map.entry("Math_Symbol", "Sm"),
            Map.entry("Currency_Symbol", "Sc"),
            Map.entry("Modifier_Symbol", "Sk"),
            Map.entry("Other_Symbol", "So"),
            Map.entry("Separator", "Z"),
            Map.entry("Space_Separator", "Zs"),
            Map.entry("Line_Separator", "Zl"),
            Map.entry("Paragraph_Separator", "Zp"),
            Map.entry("Control", "Cc"),
            Map.entry("cntrl", "Cc"),
            Map.entry("Format", "Cf"),
            Map.entry("Surrogate", "Cs"),
            Map.entry("Private_Use", "Co"));
    private static final List<String> CATEGORY = List.of("General_Category=", "gc=");
    private static final List<String> SCRIPT = List.of("Script=", "sc=");
    private static final Pattern SCRIPT_NAME = Pattern.compile("[A-Z][a-z]+[A-Za-z]*(_[A-Z][a-z]+)*");
    private static final String ANY = "Any";
    private static final String SURROGATES = "Cs";
    /* Two letters for each number of Character.getType. */
    private static final String TYPES = "CnLuLlLtLmLoMnMeMcNdNlNoZsZlZpCcCf--CoCsPdPsPePcPoSmScSkSoPiPf";
    private static final Map<String, String> RANGES = new ConcurrentHashMap<>();

    private UnicodeProperty() {}

    /**
     * Returns the characters that have a property, as RE2 writes them within brackets.
     *
     * <p>RE2 has tables of its own, which are many years old. Those of Java are near to those of browsers.
     *
     * @param without whether it is those that do not have it
     */
    static String of(String name, boolean without, PatternReader in) {
        var script = after(SCRIPT, name);
        if (!script.isEmpty()) {
            return ranges(script, without, of(script, name, in));
        }
        var category = after(CATEGORY, name).isEmpty() ? name : after(CATEGORY, name);
        var known = CATEGORIES.getOrDefault(category, category);
        if (known.equals(ANY)) {
            return ranges(ANY, without, point -> true);
        }
        if (!CATEGORIES.containsValue(known)) {
            throw unknown(name, in);
        }
        return known.equals(SURROGATES)
                ? (without ? "\\P{" : "\\p{") + SURROGATES + "}"
                : ranges(known, without, point -> TYPES.startsWith(known, 2 * Character.getType(point)));
    }

    private static IntPredicate of(String script, String name, PatternReader in) {
        try {
            if (SCRIPT_NAME.matcher(script).matches()) {
                var known = Character.UnicodeScript.forName(script);
                return point -> Character.UnicodeScript.of(point) == known;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw unknown(name, in);
    }

    private static IllegalArgumentException unknown(String name, PatternReader in) {
        return in.fault(
                "has \\p{" + name
                        + "}, which is not among the supported properties (general categories, and scripts such as Script=Greek)");
    }

    private static String ranges(String name, boolean without, IntPredicate has) {
        return RANGES.computeIfAbsent((without ? "^" : "") + name, key -> ranges(without ? has.negate() : has));
    }

    private static String ranges(IntPredicate has) {
        var ranges = new StringBuilder();
        for (var point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (has.test(point)) {
                var first = point;
                while (point < Character.MAX_CODE_POINT && has.test(point + 1)) {
                    point++;
                }
                PatternClass.append(ranges, first);
                ranges.append('-');
                PatternClass.append(ranges, point);
            }
        }
        return ranges.toString();
    }

    private static String after(List<String> prefixes, String name) {
        return prefixes.stream()
                .filter(name::startsWith)
                .map(prefix -> name.substring(prefix.length()))
                .findFirst()
                .orElse("");
    }
}
