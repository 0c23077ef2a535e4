package dev.skelly.schema;

import java.util.List;
import java.util.Map;

/** Names of Unicode properties in ECMA-262, and how RE2 writes them. */
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
    private static final String ANY = "Any";

    private UnicodeProperty() {}

    /** Returns the name of a category or script in RE2. */
    static String of(String name, PatternReader in) {
        var script = after(SCRIPT, name);
        if (!script.isEmpty() && !CATEGORIES.containsValue(script)) {
            return script;
        }
        var category = after(CATEGORY, name).isEmpty() ? name : after(CATEGORY, name);
        if (category.equals(ANY) || CATEGORIES.containsValue(category)) {
            return category;
        }
        var known = CATEGORIES.get(category);
        if (known == null) {
            throw in.fault(
                    "has \\p{" + name
                            + "}, which is not among the supported properties (general categories, and scripts such as Script=Greek)");
        }
        return known;
    }

    private static String after(List<String> prefixes, String name) {
        return prefixes.stream()
                .filter(name::startsWith)
                .map(prefix -> name.substring(prefix.length()))
                .findFirst()
                .orElse("");
    }
}
