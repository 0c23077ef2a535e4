package dev.skelly.sandbox;

import java.util.Map;
import java.util.Set;

/** Which rows of which tables a sandbox gets. What is not named here is copied as it is now. */
final class SandboxTables {

    /**
     * Tables that a sandbox has as new: an identity and logins of its own, nothing that is under way, scheduled or owed to anyone outside, and
     * nothing that another statement computes from the events.
     */
    static final Set<String> NEW = Set.of(
            "aggregate_snapshot", // May hold states from after the point.
            "event_block", // May tell of positions after the point; the sandbox's leader writes it.
            "first_administrator_link",
            "idempotency_key",
            "letter_request",
            "log_identity", // With it cursors of the original are those of another log.
            "outcome",
            "payment_pending",
            "process_deadline",
            "projection", // Projections are built anew, up to the point.
            "replay",
            "relay_lease",
            "scheduled_job",
            "session",
            "setting_seen",
            "signing_key", // Access tokens of one log are not valid at the other.
            "stream_ticket",
            "subject_head",
            "system_metrics",
            "system_node",
            "work_done",
            "work_group",
            "work_node",
            "worker_number");

    private static final String COPIED_EVENT = " in (select id from event where position <= $point)";

    /* A dead letter is retried through its row of the inbox; all other work of old events is over. */
    private static final Map<String, String> FILTERS = Map.of(
            "event", "position <= $point",
            "event_key", "id" + COPIED_EVENT,
            "dead_letter", "event" + COPIED_EVENT,
            "inbox", "state in ('dead', 'discarded') and event" + COPIED_EVENT);

    /* No worker works what was written up to the point. No digest of notifications is due. */
    private static final Map<String, String> VALUES = Map.of(
            "relay_checkpoint.position", "$point::bigint",
            "relay_checkpoint.epoch", "0::bigint",
            "handover.confirmed", "$point::bigint",
            "handover.probe", "null::uuid",
            "handover.again_from", "null::bigint",
            "handover.again", "null::uuid",
            "retention_mark.position", "least(position, $point::bigint)",
            "notification.due_at", "null::timestamptz",
            "notification.mail_batch", "null::uuid");

    private SandboxTables() {}

    /** Returns the condition of a table's rows. */
    static String filter(String table, long point) {
        return at(FILTERS.getOrDefault(table, "true"), point);
    }

    /**
     * Returns the value of a column.
     *
     * @param quoted its name as an identifier
     */
    static String value(String table, String column, String quoted, long point) {
        return at(VALUES.getOrDefault(table + "." + column, quoted), point);
    }

    private static String at(String sql, long point) {
        return sql.replace("$point", Long.toString(point));
    }
}
