package dev.skelly.features.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.feature.SchemaName;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log.
 *
 * @param time when it happened; for counted acts the first time
 * @param lastAt the last time for counted acts; otherwise {@code time}
 * @param times how often within its minute; 1 for acts that are not counted
 * @param actor the account that acted, or {@link #OPERATOR}; null for neither
 * @param target as {@code kind:id}; null when it is unknown
 * @param address network address, or {@code command-line} for the operator; null without a request, and for an erased person
 * @param before values before the act; empty when there are none
 * @param after values after the act; empty when there are none
 */
@SchemaName("AuditEntry")
record RecordedAuditEntry(
        UUID id,
        Instant time,
        Instant lastAt,
        long times,
        String act,
        @Nullable String actor,
        @Nullable String target,
        @Nullable String address,
        @Nullable UUID correlation,
        JsonNode before,
        JsonNode after) {

    /** The actor of commands on a machine that reaches the database. */
    static final String OPERATOR = "operator";
}
