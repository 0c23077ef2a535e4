package dev.skelly.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.feature.Fault;
import dev.skelly.feature.Problem;
import dev.skelly.schema.Pointers;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a body as RFC 8259 has it, and no more leniently. */
final class JsonBody {

    private static final int MAGNITUDE_MAX = 300;

    private JsonBody() {}

    /**
     * The document in a body.
     *
     * @throws Problem 400 when it is none, 422 when a text in it cannot be stored
     */
    static JsonNode parse(Buffer body, JsonMapper json) {
        var document = document(body, json);
        if (document.isMissingNode()) {
            throw Problem.malformed("malformed-json", "a JSON document as the body");
        }
        var faults = new ArrayList<Fault>();
        characters(document, "#", faults);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        return document;
    }

    private static JsonNode document(Buffer body, JsonMapper json) {
        try {
            return json.readTree(body.getBytes());
        } catch (StreamConstraintsException e) {
            throw Problem.malformed(
                    "json-too-complex", "a JSON document that is less deep, or has fewer or shorter parts");
        } catch (JsonProcessingException e) {
            throw Problem.malformed(
                    "malformed-json", "JSON without comments, doubled names or trailing text" + place(e));
        } catch (IOException e) {
            throw Problem.malformed("malformed-json", "JSON in UTF-8");
        }
    }

    private static String place(JsonProcessingException fault) {
        var place = fault.getLocation();
        return place == null ? "" : "; see line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    /* PostgreSQL stores no NUL, and nobody half a character. */
    private static void characters(JsonNode node, String pointer, List<Fault> faults) {
        if (node.isTextual() && !storable(node.textValue())) {
            faults.add(fault(pointer));
        }
        if (node.isNumber() && !storable(node)) {
            faults.add(new Fault(pointer, "number", "must be a number that is 0 or between 1e-300 and 1e300 in size"));
        }
        for (var field : node.properties()) {
            if (!storable(field.getKey())) {
                faults.add(fault(pointer));
            }
            characters(field.getValue(), pointer + "/" + Pointers.token(field.getKey()), faults);
        }
        if (node.isArray()) {
            for (var index = 0; index < node.size(); index++) {
                characters(node.get(index), pointer + "/" + index, faults);
            }
        }
    }

    /* Beyond it neither PostgreSQL nor a browser holds it; and 1e999999 written out has a million digits. */
    private static boolean storable(JsonNode number) {
        var value = number.decimalValue();
        var magnitude = (long) value.precision() - value.scale();
        return value.signum() == 0 || Math.abs(magnitude) <= MAGNITUDE_MAX;
    }

    private static Fault fault(String pointer) {
        return new Fault(pointer, "character", "must be text without the NUL character and without half surrogates");
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
