package dev.skelly.features.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.feature.SchemaName;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as one reader sees it: CloudEvents 1.0 in JSON.
 *
 * @param cursor the place after it in the log
 * @param data what the reader's view shows of it
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
