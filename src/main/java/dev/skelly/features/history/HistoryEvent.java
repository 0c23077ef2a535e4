package dev.skelly.features.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.feature.SchemaName;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as one reader sees it: CloudEvents 1.0 in JSON.
 *
 * @param cursor the position after it in the log
 * @param data the fields that the reader may see
 */
@SchemaName("CloudEvent")
record HistoryEvent(
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
        String cursor,
        JsonNode data) {}
