package dev.skelly.privacy;

import dev.skelly.event.Envelope;
import dev.skelly.log.LogReader;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** Reads the newest events that are about a person, or for that person alone. The log has no index by person, so the look is bounded. */
final class PersonEventsTable {

    /** Newest positions that are looked at. */
    static final int POSITIONS_MAX = 200_000;

    /** Events that are handed out. */
    static final int EVENTS_MAX = 5_000;

    private static final String NEWEST = """
            select position, id, type, type_version, source, subject, subject_version, actor, correlation, causation, time, channels,
              data::text as data, traceparent, sealed
            from event
            where position > log_head() - $2::int and (subject = $1::text or channels && array[$1::text])
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

    static Future<Found> newest(SqlClient sql, String person) {
        return new LogReader(sql)
                .head()
                .compose(head -> sql.preparedQuery(NEWEST)
                        .execute(Tuple.of(person, POSITIONS_MAX, EVENTS_MAX))
                        .map(rows -> rows.stream().map(LogReader::envelope).toList())
                        .map(events -> new Found(events, head > POSITIONS_MAX || events.size() == EVENTS_MAX)));
    }
}
