package dev.skelly.cloudevents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.event.StoredEvent;
import dev.skelly.feature.SchemaName;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as one reader sees it, for responses: its components are documented, and are written as {@link CloudEventJson} writes them.
 *
 * @param topics those that it was sent to and whose names the reader may know, separated by spaces; null if there are none
 * @param cursor the position after it in the log
 * @param data the fields that the reader may see
 */
@SchemaName("CloudEvent")
public record CloudEvent(
        String specversion,
        UUID id,
        String source,
        String type,
        String subject,
        Instant time,
        String datacontenttype,
        UUID correlationid,
        @Nullable UUID causationid,
        @Nullable String traceparent,
        long subjectversion,
        @Nullable String topics,
        String cursor,
        JsonNode data) {

    /** Creates the form of a stored event, with data for the reader in place of its own. */
    public static CloudEvent of(StoredEvent event, String cursor, JsonNode data) {
        return new CloudEvent(
                CloudEventAttributes.VERSION,
                event.id(),
                event.source(),
                event.type(),
                event.subject(),
                event.time(),
                CloudEventAttributes.JSON,
                event.correlation(),
                event.causation(),
                event.traceparent(),
                event.subjectVersion(),
                CloudEventAttributes.topics(event),
                cursor,
                data);
    }
}
