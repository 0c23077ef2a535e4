package dev.skelly.features.privacy;

import dev.skelly.event.Audience;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.LogReader;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** Reads the newest events about a person, caused by the person, or sent to the person's channel. */
final class PersonalEventsTable {

    /** The maximum number of exported events. */
    static final int EVENTS_MAX = 5_000;

    /* Selects by channel in a separate step, because otherwise the planner would scan the whole log for a person with few events. */
    static final String NEWEST = """
            with told as materialized (
              select position from event
              where position is not null and array_remove(channels, subject) <> '{}'
                and array_remove(channels, subject) @> array[$1::text]
            ),
            found as (
              (select position from event
               where subject = $1::text and position is not null
               order by position desc limit $3::int)
              union
              (select position from event
               where actor = $2::uuid and position is not null and subject not like 'user:%'
               order by position desc limit $3::int)
              union
              select position from told
            )
            select position, id, type, type_version, source, subject, subject_version, actor, correlation, causation, time, channels,
              data::text as data, traceparent, sealed
            from found
            join event using (position)
            order by position desc
            limit $3::int
            """;

    private PersonalEventsTable() {}

    /**
     * The newest events.
     *
     * @param events newest first
     * @param truncated whether older ones exist
     */
    record FoundPersonalEvent(List<StoredEvent> events, boolean truncated) {}

    static Future<FoundPersonalEvent> newest(SqlClient sql, UUID person) {
        return sql.preparedQuery(NEWEST)
                .execute(Tuple.of(Audience.user(person), person, EVENTS_MAX + 1))
                .map(rows -> rows.stream().map(LogReader::envelope).toList())
                .map(events -> new FoundPersonalEvent(
                        events.subList(0, Math.min(events.size(), EVENTS_MAX)), events.size() > EVENTS_MAX));
    }
}
