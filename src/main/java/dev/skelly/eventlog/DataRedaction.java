package dev.skelly.eventlog;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.OptionalLong;

/**
 * Removes the data of sequenced events whose retention has expired. What remains is the event without its data, and the digest that keeps
 * the chain intact. The table {@code retention_mark} stores for each type the position up to which redaction is complete.
 */
public final class DataRedaction {

    /** The number of positions that one step covers. */
    public static final int STEP = 5_000;

    /**
     * The result of one step.
     *
     * @param to every event up to here that was old enough is now empty
     * @param firstKept the first event in the range that must still be kept
     * @param end whether this was the current end of the log
     */
    public record Stretch(long to, OptionalLong firstKept, boolean end) {}

    private static final String MARKED = """
            select coalesce((select position from retention_mark where type = $1), 0) as position
            """;

    private static final String REACH = """
            select least($1::bigint + $2::int, log_head()) as reach,
              (select min(position)
               from event
               where position > $1 and position <= $1 + $2::int and type = any ($3) and time >= $4) as kept
            """;

    /* Times need not ascend with positions, because they come from the nodes' clocks. */
    private static final String EMPTY = """
            update event
            set digest = sha256(record_send(row(data::text, sealed))), data = '{}', sealed = null
            where position > $1 and position <= $2 and type = any ($3) and time < $4 and digest is null
              and (data <> '{}' or sealed is not null)
            """;

    private static final String MARK = """
            insert into retention_mark as m (type, position)
            values ($1, $2)
            on conflict (type) do update set position = greatest(m.position, excluded.position)
            """;

    private final SqlClient sql;

    /** Writes through {@code sql}. */
    public DataRedaction(SqlClient sql) {
        this.sql = sql;
    }

    /** Returns the position up to which redaction of a type is complete. */
    public Future<Long> marked(String type) {
        return sql.preparedQuery(MARKED)
                .execute(Tuple.of(type))
                .map(rows -> rows.iterator().next().getLong("position"));
    }

    /** Marks redaction of a type as complete up to a position; never taken back. */
    public Future<Void> mark(String type, long position) {
        return sql.preparedQuery(MARK).execute(Tuple.of(type, position)).mapEmpty();
    }

    /**
     * Runs one step over the events of a type. A step that is interrupted or runs twice at once is repeated without harm.
     *
     * @param stored every name under which its events are stored
     * @param keptFrom events appended at or after this time are kept
     */
    public Future<Stretch> empty(Collection<String> stored, Instant keptFrom, long from) {
        var names = stored.toArray(String[]::new);
        var time = keptFrom.atOffset(ZoneOffset.UTC);
        return sql.preparedQuery(REACH)
                .execute(Tuple.of(from, STEP, names, time))
                .compose(rows -> {
                    var row = rows.iterator().next();
                    var to = Math.max(from, row.getLong("reach"));
                    var kept = row.getLong("kept");
                    return sql.preparedQuery(EMPTY)
                            .execute(Tuple.of(from, to, names, time))
                            .map(new Stretch(
                                    to, kept == null ? OptionalLong.empty() : OptionalLong.of(kept), to < from + STEP));
                });
    }
}
