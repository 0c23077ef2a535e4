package dev.skelly.privacy;

import dev.skelly.event.Audience;
import dev.skelly.event.Envelope;
import dev.skelly.log.LogReader;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/**
 * Reads the newest events that happened to a person, that the person caused on things, or that went to the person's own channel. By channel
 * there is no index, so that look is bounded by positions.
 */
final class PersonEventsTable {

    /** Newest positions that are looked at for the channel. */
    static final int POSITIONS_MAX = 200_000;

    /** Events that are handed out. */
    static final int EVENTS_MAX = 5_000;

    private static final String NEWEST = """
            with found as (
              (select position from event
               where subject = $1::text and position is not null
               order by position desc limit $3::int)
              union
              (select position from event
               where actor = $4::uuid and position is not null and subject not like 'user:%'
               order by position desc limit $3::int)
              union
              (select position from event
               where position > log_head() - $2::int and channels && array[$1::text]
               order by position desc limit $3::int)
            )
            select position, id, type, type_version, source, subject, subject_version, actor, correlation, causation, time, channels,
              data::text as data, traceparent, sealed
            from found
            join event using (position)
            order by position desc
            limit $3::int
            """;

    private PersonEventsTable() {}

    /**
     * The newest of them.
     *
     * @param events newest first
     * @param truncated whether there may be older ones
     */
    record Found(List<Envelope> events, boolean truncated) {}

    static Future<Found> newest(SqlClient sql, UUID person) {
        return new LogReader(sql)
                .head()
                .compose(head -> sql.preparedQuery(NEWEST)
                        .execute(Tuple.of(Audience.user(person), POSITIONS_MAX, EVENTS_MAX, person))
                        .map(rows -> rows.stream().map(LogReader::envelope).toList())
                        .map(events -> new Found(events, head > POSITIONS_MAX || events.size() == EVENTS_MAX)));
    }
}
