package dev.skelly.eventlog;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.OptionalLong;

/**
 * Takes the data out of stamped events whose time is over. What is left is the event without its data, and the digest that keeps the chain
 * whole. Up to where nothing is left to do lies, for each type, in the table {@code retention_mark}.
 */
public final class DataRedaction {

    /** Positions that one step walks. */
    public static final int STEP = 5_000;

    /**
     * What one step came to.
     *
     * @param to everything up to here that was old enough is empty now
     * @param firstKept the first event in it that is still to be kept
     * @param end whether the log ends here, for now
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

    /* Times need not ascend with positions: they come from nodes' clocks. */
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

    /** Up to where nothing of a type is left to do. */
    public Future<Long> marked(String type) {
        return sql.preparedQuery(MARKED)
                .execute(Tuple.of(type))
                .map(rows -> rows.iterator().next().getLong("position"));
    }

    /** Nothing of a type is left to do up to here; never taken back. */
    public Future<Void> mark(String type, long position) {
        return sql.preparedQuery(MARK).execute(Tuple.of(type, position)).mapEmpty();
    }

    /**
     * One step along the events of a type. Interrupted, or done by two at once, it is done again without harm.
     *
     * @param stored every name under which its events are stored
     * @param keptFrom events appended from then on are kept
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
