package dev.skelly.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** Keywords for which the library is inexact or takes more time than the size of the input justifies. */
final class ValueKeywords {

    /** The longest text that a pattern or format is matched with, in code points. A longer one exceeds the {@code maxLength} beside it. */
    static final int TEXT_CHARS_MAX = 1_000;
    /** The longest list that is searched for duplicates. A longer one exceeds the {@code maxItems} beside it. */
    static final int UNIQUE_ITEMS_MAX = 256;

    private static final int STATES_OF_A_STEP = 4;

    private ValueKeywords() {}

    /** Returns all of them. */
    static List<Keyword> all() {
        return List.of(
                number(KeywordType.MINIMUM, order -> order >= 0),
                number(KeywordType.MAXIMUM, order -> order <= 0),
                number(KeywordType.EXCLUSIVE_MINIMUM, order -> order > 0),
                number(KeywordType.EXCLUSIVE_MAXIMUM, order -> order < 0),
                new SchemaKeyword(KeywordType.MULTIPLE_OF, (value, schema) -> multipleOf(value)),
                new SchemaKeyword(KeywordType.PATTERN, (value, schema) -> pattern(value)),
                new SchemaKeyword(KeywordType.ENUM, (value, schema) -> oneOf(value)),
                new SchemaKeyword(KeywordType.CONST, (value, schema) -> oneOf(List.of(value))),
                new SchemaKeyword(KeywordType.UNIQUE_ITEMS, (value, schema) -> uniqueItems(value)));
    }

    /** Returns whether a pattern or format is matched with a text. */
    static boolean isMatched(String text) {
        return text.length() <= TEXT_CHARS_MAX
                || (text.length() <= 2 * TEXT_CHARS_MAX && text.codePointCount(0, text.length()) <= TEXT_CHARS_MAX);
    }

    private static SchemaKeyword number(KeywordType type, IntPredicate allowed) {
        return new SchemaKeyword(type, (limit, schema) -> {
            requireNumber(limit, type);
            return (value, context) -> {
                if (!value.isNumber()) {
                    return true;
                }
                ValidationRun.charge(context, ExactNumber.steps(value, limit));
                return allowed.test(ExactNumber.compare(value, limit));
            };
        });
    }

    private static SchemaKeyword.Rule multipleOf(JsonNode divisor) {
        requireNumber(divisor, KeywordType.MULTIPLE_OF);
        if (divisor.decimalValue().signum() == 0) {
            throw new IllegalArgumentException("multipleOf is 0");
        }
        return (value, context) -> {
            if (!value.isNumber()) {
                return true;
            }
            ValidationRun.charge(context, ExactNumber.steps(value, divisor));
            return ExactNumber.isMultiple(value, divisor);
        };
    }

    private static void requireNumber(JsonNode value, KeywordType type) {
        if (!value.isNumber()) {
            throw new IllegalArgumentException(type.getValue() + " is not a number");
        }
    }

    private static SchemaKeyword.Rule pattern(JsonNode expression) {
        var pattern = LinearPattern.of(expression.asText());
        var size = pattern.size();
        return (value, context) -> {
            if (!value.isTextual() || !isMatched(value.textValue())) {
                return true;
            }
            var text = value.textValue();
            ValidationRun.charge(context, (long) text.length() * size / STATES_OF_A_STEP);
            return pattern.isFoundIn(text);
        };
    }

    /* Most values and documents are texts, which need no conversion. */
    private static SchemaKeyword.Rule oneOf(Iterable<JsonNode> values) {
        Set<String> texts = new HashSet<>();
        Set<String> others = new HashSet<>();
        var containers = false;
        for (var value : values) {
            containers |= value.isContainerNode();
            if (value.isTextual()) {
                texts.add(value.textValue());
            } else {
                others.add(CanonicalJson.text(value));
            }
        }
        var anyContainer = containers;
        return (value, context) -> value.isTextual()
                ? texts.contains(value.textValue())
                : (anyContainer || !value.isContainerNode()) && others.contains(CanonicalJson.text(value, context));
    }

    private static SchemaKeyword.Rule uniqueItems(JsonNode unique) {
        if (!unique.booleanValue()) {
            return (value, context) -> true;
        }
        return (list, context) -> {
            if (!list.isArray() || list.size() > UNIQUE_ITEMS_MAX) {
                return true;
            }
            Set<String> items = new HashSet<>();
            for (var item : list) {
                if (!items.add(CanonicalJson.text(item, context))) {
                    return false;
                }
            }
            return true;
        };
    }
}
