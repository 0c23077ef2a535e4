package dev.skelly.aggregate;

import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.LogReader;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The SQL of a subject's events and of table {@code aggregate_snapshot}. */
final class AggregateTable {

    private static final String COLUMNS = """
            select coalesce(position, 0) as position, id, type, type_version, source, subject, subject_version, actor, correlation, causation,
              time, channels, data::text as data, traceparent, null::bytea as sealed
            from event
            """;

    /* Two parts, because each has its index. One statement, because an event moves from one part to the other when it is sequenced. */
    private static final String PAGE = COLUMNS
            + "where subject = $1::text and position is not null and subject_version > $2::bigint union all " + COLUMNS
            + "where subject = $1 and position is null and subject_version > $2 order by subject_version limit $3::int";

    private static final String LOCK = "select version from subject_head where subject = $1 for update";

    private static final String SNAPSHOT =
            "select version, state::text as state from aggregate_snapshot where subject = $1 and format = $2";

    private static final String KEEP = """
            insert into aggregate_snapshot as s (subject, format, version, state)
            values ($1, $2, $3, $4::text::jsonb)
            on conflict (subject) do update set format = excluded.format, version = excluded.version, state = excluded.state
            where s.format <> excluded.format or s.version < excluded.version
            """;

    private AggregateTable() {}

    /** A stored state. */
    record Snapshot(long version, String state) {}

    /** Locks a subject until the transaction ends; its version, or empty if it has no event. */
    static Future<OptionalLong> lock(SqlClient sql, String subject) {
        return sql.preparedQuery(LOCK)
                .execute(Tuple.of(subject))
                .map(rows -> rows.size() == 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(rows.iterator().next().getLong(0)));
    }

    /** Reads events after a version, by version, sequenced or not. */
    static Future<List<StoredEvent>> page(SqlClient sql, String subject, long after, int limit) {
        return sql.preparedQuery(PAGE)
                .execute(Tuple.of(subject, after, limit))
                .map(rows -> rows.stream().map(LogReader::envelope).toList());
    }

    static Future<@Nullable Snapshot> snapshot(SqlClient sql, String subject, int format) {
        return sql.preparedQuery(SNAPSHOT).execute(Tuple.of(subject, format)).map(rows -> {
            for (Row row : rows) {
                return new Snapshot(row.getLong("version"), row.getString("state"));
            }
            return null;
        });
    }

    static Future<Void> keep(SqlClient sql, String subject, int format, Snapshot snapshot) {
        return sql.preparedQuery(KEEP)
                .execute(Tuple.of(subject, format, snapshot.version(), snapshot.state()))
                .mapEmpty();
    }
}
