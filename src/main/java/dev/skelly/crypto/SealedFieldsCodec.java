package dev.skelly.crypto;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.event.Audience;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.FieldSealing;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Encodes encrypted sensitive fields: one byte for the version of the format, then a JSON object encrypted by {@link AesGcm}. */
public final class SealedFieldsCodec {

    private static final byte FORM = 1;

    private final JsonMapper json;

    public SealedFieldsCodec(JsonMapper json) {
        this.json = json;
    }

    /** Returns the owner of the key: the person in the subject, otherwise the only person among the channels, otherwise the subject. */
    public static String owner(String subject, List<String> channels) {
        return Audience.person(subject, channels).orElse(subject);
    }

    private static String belongsTo(UUID id, String type, String subject) {
        return id + "\n" + type + "\n" + subject;
    }

    /** An event before encryption, and its data parsed. Use it for one result, which takes the sensitive fields out of the tree. */
    record ParsedPlain(FieldSealing.Plain event, ObjectNode data) {

        /** Returns whether it has sensitive fields. */
        boolean sensitive() {
            return event.type().sensitive().stream().anyMatch(data::has);
        }

        /** Returns the event without the sensitive fields. */
        FieldSealing.SealedJson without() {
            return new FieldSealing.SealedJson(
                    data.without(event.type().sensitive()).toString(), null, event.digest());
        }
    }

    /**
     * Parses the data of an event.
     *
     * @throws IllegalArgumentException when it is not a JSON object
     */
    ParsedPlain parse(FieldSealing.Plain event) {
        return new ParsedPlain(event, object(event.data()));
    }

    /** Returns the event with its sensitive fields encrypted. */
    FieldSealing.SealedJson seal(ParsedPlain plain, AesGcm key) {
        var event = plain.event();
        var data = plain.data();
        var fields = json.createObjectNode();
        event.type().sensitive().stream().filter(data::has).forEach(field -> fields.set(field, data.remove(field)));
        var sealed = key.seal(bytes(fields), belongsTo(event.id(), event.type().name(), event.subject()));
        return new FieldSealing.SealedJson(
                data.toString(), Buffer.buffer().appendByte(FORM).appendBytes(sealed), event.digest());
    }

    /**
     * Returns the event with its fields back in its data.
     *
     * @throws IllegalArgumentException when they were changed, or belong to another event
     */
    public StoredEvent open(StoredEvent event, AesGcm key) {
        var bytes = Base64.getDecoder().decode(String.valueOf(event.sealed()));
        if (bytes.length == 0 || bytes[0] != FORM) {
            throw new IllegalArgumentException("sealed fields: unreadable (expected: form " + FORM + ")");
        }
        var sealed = java.util.Arrays.copyOfRange(bytes, 1, bytes.length);
        var fields = key.open(sealed, belongsTo(event.id(), event.type(), event.subject()));
        try {
            var data = object(event.data());
            data.setAll((ObjectNode) json.readTree(fields));
            return event.opened(data.toString());
        } catch (IOException e) {
            throw new IllegalArgumentException("sealed fields: unreadable (expected: a JSON object)", e);
        }
    }

    private byte[] bytes(ObjectNode fields) {
        try {
            return json.writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON object can be written", e);
        }
    }

    private ObjectNode object(String data) {
        try {
            if (json.readTree(data) instanceof ObjectNode object) {
                return object;
            }
            throw new IllegalArgumentException("data of an event (expected: a JSON object)");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("data of an event (expected: JSON)", e);
        }
    }
}
