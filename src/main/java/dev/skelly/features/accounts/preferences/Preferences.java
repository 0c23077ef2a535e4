package dev.skelly.features.accounts.preferences;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Preferences that the database can hold.
 *
 * @param json text of a JSON object, at most {@link #BYTES_MAX} bytes
 */
record Preferences(String json) {

    static final int FIELDS_MAX = 64;
    static final int BYTES_MAX = 16 * 1024;

    /** The preferences of a new account. */
    static final Preferences FIRST = new Preferences("{\"theme\":\"system\",\"notifications\":true}");

    private static final int SCALE_MAX =
            300; // The range of a JavaScript number. PostgreSQL allows a larger one, but not any.

    /**
     * Checks preferences from a request.
     *
     * @throws Problem 413 when they are too large; 422 with each value and field that the database would reject
     */
    static Preferences of(ObjectNode object) {
        var json = object.toString();
        if (json.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            throw Problem.of(
                    Problem.Kind.TOO_LARGE, "preferences-too-large", "preferences are at most " + BYTES_MAX + " bytes");
        }
        var faults = new ArrayList<FieldError>();
        if (object.size() > FIELDS_MAX) {
            faults.add(new FieldError("#", "max-fields", "must have at most " + FIELDS_MAX + " fields"));
        }
        check("#", object, faults);
        NoticeChoices.check(object, faults);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        return new Preferences(json);
    }

    private static void check(String pointer, JsonNode node, List<FieldError> faults) {
        if (node.isTextual() && unstorable(node.textValue())) {
            faults.add(new FieldError(pointer, "characters", "must not contain NUL"));
        } else if (node.isBigDecimal() && Math.abs(node.decimalValue().scale()) > SCALE_MAX) {
            faults.add(new FieldError(pointer, "range", "must be a number in the range of a JavaScript number"));
        } else if (node.isArray()) {
            for (var i = 0; i < node.size(); i++) {
                check(pointer + "/" + i, node.get(i), faults);
            }
        } else {
            node.properties().forEach(field -> checkField(pointer, field.getKey(), field.getValue(), faults));
        }
    }

    private static void checkField(String pointer, String name, JsonNode value, List<FieldError> faults) {
        if (unstorable(name)) {
            faults.add(new FieldError(pointer, "characters", "must not have a field with NUL in its name"));
            return;
        }
        check(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), value, faults);
    }

    /* Tells whether the text contains NUL, which jsonb rejects (PostgreSQL manual, section 8.14.1). */
    private static boolean unstorable(String text) {
        return text.indexOf('\0') >= 0;
    }
}
