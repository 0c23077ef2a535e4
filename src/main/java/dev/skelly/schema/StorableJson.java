package dev.skelly.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.feature.FieldError;
import java.util.ArrayList;
import java.util.List;

/** Checks that JSON can be stored unchanged and read again: PostgreSQL stores no NUL, half surrogates are invalid, and numbers are expanded. */
public final class StorableJson {

    private static final int EXPONENT_MAX = 300;
    private static final int DECIMALS_MAX = 400;
    private static final int FAULTS_MAX = 100;

    private StorableJson() {}

    /** Returns the values in a document that cannot be stored, a hundred at most; empty when all can. */
    public static List<FieldError> faults(JsonNode document) {
        var faults = new ArrayList<FieldError>();
        values(document, "#", faults);
        return faults;
    }

    /* Computes the pointer only for errors. */
    private static void values(JsonNode node, String pointer, List<FieldError> faults) {
        if (node.isContainerNode() && storableAll(node)) {
            return;
        }
        if (faults.size() == FAULTS_MAX) {
            return;
        }
        if (node.isTextual() && !storable(node.textValue())) {
            faults.add(fault(pointer));
        }
        if (node.isNumber() && !storable(node)) {
            faults.add(new FieldError(
                    pointer,
                    "number",
                    "must be a number that is 0 or at least 1e-300 and less than 1e300 in size, with at most "
                            + DECIMALS_MAX + " digits after the point"));
        }
        for (var field : node.properties()) {
            if (!storable(field.getKey())) {
                faults.add(fault(pointer));
            }
            values(field.getValue(), pointer + "/" + JsonPointers.token(field.getKey()), faults);
        }
        for (var index = 0; node.isArray() && index < node.size(); index++) {
            values(node.get(index), pointer + "/" + index, faults);
        }
    }

    private static boolean storableAll(JsonNode node) {
        if (node.isTextual()) {
            return storable(node.textValue());
        }
        if (node.isNumber()) {
            return storable(node);
        }
        for (var field : node.properties()) {
            if (!storable(field.getKey())) {
                return false;
            }
        }
        for (var child : node) {
            if (!storableAll(child)) {
                return false;
            }
        }
        return true;
    }

    /* Larger numbers exceed what PostgreSQL and browsers support; stored numbers are expanded and must stay short enough to be read again. */
    private static boolean storable(JsonNode number) {
        var value = number.decimalValue();
        var exponent = (long) value.precision() - value.scale() - 1;
        return value.scale() <= DECIMALS_MAX
                && (value.signum() == 0 || (exponent >= -EXPONENT_MAX && exponent < EXPONENT_MAX));
    }

    private static FieldError fault(String pointer) {
        return new FieldError(
                pointer, "character", "must be text without the NUL character and without half surrogates");
    }

    private static boolean storable(String text) {
        for (var index = 0; index < text.length(); index++) {
            var character = text.charAt(index);
            if (character == 0 || Character.isLowSurrogate(character)) {
                return false;
            }
            if (Character.isHighSurrogate(character)) {
                index++;
                if (index == text.length() || !Character.isLowSurrogate(text.charAt(index))) {
                    return false;
                }
            }
        }
        return true;
    }
}
