package dev.skelly.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.feature.Problem;
import dev.skelly.schema.StorableJson;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Parses a body or a message strictly as RFC 8259 defines it. */
public final class StrictJson {

    private StrictJson() {}

    /**
     * Parses a body.
     *
     * @throws Problem 400 when it is not JSON, 422 when a text in it cannot be stored
     */
    public static JsonNode parse(Buffer body, JsonMapper json) {
        var document = document(body, json);
        if (document.isMissingNode()) {
            throw Problem.malformed("malformed-json", "the body must be a JSON document");
        }
        var faults = StorableJson.faults(document);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        return document;
    }

    private static JsonNode document(Buffer body, JsonMapper json) {
        try {
            // As text, because the parser would detect UTF-16 and UTF-32, and skip a byte order mark.
            return json.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.getBytes()))
                    .toString());
        } catch (StreamConstraintsException | ArithmeticException | NumberFormatException e) {
            // The last two come unwrapped from a number whose exponent is too long.
            throw Problem.malformed(
                    "json-too-complex", "the JSON document is too deep, or has too many or too long parts");
        } catch (JsonProcessingException e) {
            throw Problem.malformed(
                    "malformed-json",
                    "the body must be JSON without comments, duplicate names or trailing text" + place(e));
        } catch (CharacterCodingException e) {
            throw Problem.malformed("malformed-json", "the body must be JSON in UTF-8");
        }
    }

    private static String place(JsonProcessingException fault) {
        var place = fault.getLocation();
        return place == null ? "" : "; see line " + place.getLineNr() + ", column " + place.getColumnNr();
    }
}
