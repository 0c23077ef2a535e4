package dev.skelly.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.feature.Fault;
import dev.skelly.feature.Problem;
import dev.skelly.schema.Pointers;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a body as RFC 8259 has it, and no more leniently. */
final class JsonBody {

    private static final int EXPONENT_MAX = 300;
    private static final int DECIMALS_MAX = 400;
    private static final int FAULTS_MAX = 100;

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
        values(document, "#", faults);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        return document;
    }

    private static JsonNode document(Buffer body, JsonMapper json) {
        try {
            // As text, because the parser itself would guess UTF-16 and UTF-32, and pass over a byte order mark.
            return json.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.getBytes()))
                    .toString());
        } catch (StreamConstraintsException | ArithmeticException | NumberFormatException e) {
            // The last two come as they are from a number whose exponent alone is too long.
            throw Problem.malformed(
                    "json-too-complex", "a JSON document that is less deep, or has fewer or shorter parts");
        } catch (JsonProcessingException e) {
            throw Problem.malformed(
                    "malformed-json", "JSON without comments, doubled names or trailing text" + place(e));
        } catch (CharacterCodingException e) {
            throw Problem.malformed("malformed-json", "JSON in UTF-8");
        }
    }

    private static String place(JsonProcessingException fault) {
        var place = fault.getLocation();
        return place == null ? "" : "; see line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    /* PostgreSQL stores no NUL, and nobody half a character. The place is only written down for what is wrong. */
    private static void values(JsonNode node, String pointer, List<Fault> faults) {
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
            faults.add(new Fault(
                    pointer,
                    "number",
                    "must be a number that is 0 or at least 1e-300 and less than 1e300 in size, with at most "
                            + DECIMALS_MAX + " digits after the point"));
        }
        for (var field : node.properties()) {
            if (!storable(field.getKey())) {
                faults.add(fault(pointer));
            }
            values(field.getValue(), pointer + "/" + Pointers.token(field.getKey()), faults);
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

    /* Beyond it neither PostgreSQL nor a browser holds it; and it is stored written out, which must not be too long to be read again. */
    private static boolean storable(JsonNode number) {
        var value = number.decimalValue();
        var exponent = (long) value.precision() - value.scale() - 1;
        return value.scale() <= DECIMALS_MAX
                && (value.signum() == 0 || (exponent >= -EXPONENT_MAX && exponent < EXPONENT_MAX));
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
