package dev.skelly.features.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.feature.SchemaName;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the audit.
 *
 * @param time when, or for what is counted: the first time
 * @param lastAt the last time, for what is counted; else {@code time}
 * @param times how often within its minute; 1 for what is not counted
 * @param actor the id of the account that did it, or {@link #OPERATOR}; null where it was neither
 * @param target to whom or what, as {@code kind:id}; null where it is nobody known
 * @param address from where, {@code command-line} for the operator; null for what comes from no request, and for an erased person
 * @param before what it was; an empty object where there is nothing to tell
 * @param after what it became, likewise
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

    /** Whoever types commands on a machine that reaches the database. */
    static final String OPERATOR = "operator";
}
