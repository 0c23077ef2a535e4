package dev.skelly.features.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.cloudevents.CloudEventAttributes;
import dev.skelly.cloudevents.CloudEventReader;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Request;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an event as its caller sent them, in any form.
 *
 * @param id chosen by the caller; null to generate one
 * @param type name
 * @param data as sent; missing without any
 * @param subject null to derive it from the type's declaration
 * @param channel null for all channels that the type declares
 */
record EmitRequest(
        @Nullable UUID id,
        String type,
        JsonNode data,
        @Nullable String subject,
        @Nullable String channel) {

    /**
     * Reads an event in our own form.
     *
     * @throws Problem 422 with all errors
     */
    static EmitRequest own(JsonNode event) {
        var fields = CloudEventReader.own(event);
        return read(fields, fields.id(CloudEventAttributes.ID), event.path(CloudEventAttributes.DATA));
    }

    /**
     * Reads a CloudEvent in structured mode.
     *
     * @throws Problem 422 with all errors
     */
    static EmitRequest structured(JsonNode event) {
        return cloud(CloudEventReader.structured(event), event.path(CloudEventAttributes.DATA));
    }

    /**
     * Reads a CloudEvent in binary mode.
     *
     * @throws Problem 422 with all errors
     */
    static EmitRequest binary(Request request, JsonNode data) {
        return cloud(CloudEventReader.binary(request), data);
    }

    /* Source and time are set by the server, and ignored here. */
    private static EmitRequest cloud(CloudEventReader attributes, JsonNode data) {
        attributes.requireVersion();
        var id = attributes.requiredId(CloudEventAttributes.ID);
        attributes.checkUris();
        if (attributes.has(CloudEventAttributes.TIME)) {
            attributes.time("an RFC 3339 time", any -> true);
        }
        return read(attributes, id, data);
    }

    private static EmitRequest read(CloudEventReader fields, @Nullable UUID id, JsonNode data) {
        var read = new EmitRequest(
                id,
                fields.required(CloudEventAttributes.TYPE),
                data,
                fields.optional(CloudEventAttributes.SUBJECT),
                fields.optional(CloudEventAttributes.CHANNEL));
        fields.check();
        return read;
    }
}
