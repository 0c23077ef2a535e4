package dev.skelly.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import java.util.TreeMap;

/** Writes JSON such that two texts are equal when JSON Schema calls the values equal: 1 and 1.0 are, and the order of fields has no meaning. */
public final class CanonicalJson {

    private static final int CHARS_OF_A_STEP = 32;

    private CanonicalJson() {}

    /** Returns the text of a value of a schema. */
    public static String text(JsonNode value) {
        return text(value, new ExecutionContext());
    }

    /** Returns the text of a value of a document, and counts the work. */
    static String text(JsonNode value, ExecutionContext context) {
        var text = new StringBuilder();
        append(value, text, context);
        return text.toString();
    }

    private static void append(JsonNode value, StringBuilder text, ExecutionContext context) {
        ValidationRun.charge(context, 1);
        switch (value.getNodeType()) {
            case NUMBER -> text.append(ExactNumber.plain(value));
            case STRING -> quoted(value.textValue(), text, context);
            case ARRAY -> {
                text.append('[');
                value.forEach(item -> {
                    append(item, text, context);
                    text.append(',');
                });
                text.append(']');
            }
            case OBJECT -> {
                var sorted = new TreeMap<String, JsonNode>();
                value.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
                text.append('{');
                sorted.forEach((name, item) -> {
                    quoted(name, text, context);
                    append(item, text, context);
                });
                text.append('}');
            }
            default -> text.append(value.asText());
        }
    }

    /* The length in front makes quotation marks within harmless. */
    private static void quoted(String content, StringBuilder text, ExecutionContext context) {
        ValidationRun.charge(context, content.length() / CHARS_OF_A_STEP);
        text.append('"').append(content.length()).append(':').append(content);
    }
}
