package dev.skelly.log;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;

/**
 * Takes the data out of stamped events whose time is over. What is left is the event without its data, and the digest that keeps the chain
 * whole. Walks each type's events once, in steps; where it got to lies in the table {@code retention_mark}.
 */
public final class Emptying {

    private static final int STEP = 5_000;

    /* The first event that is still to be kept ends the step before it: times need not ascend with positions, but what is kept waits. */
    private static final String REACH = """
            select mark.position as mark,
              coalesce(
                (select min(position) - 1
                 from event
                 where position > mark.position and position <= mark.position + $3 and type = any ($2) and time >= $4),
                least(mark.position + $3, log_head())) as reach
            from (select coalesce((select position from retention_mark where type = $1), 0) as position) mark
            """;

    private static final String EMPTY = """
            update event
            set digest = sha256(record_send(row(data::text, sealed))), data = '{}', sealed = null
            where position > $1 and position <= $2 and type = any ($3) and digest is null and (data <> '{}' or sealed is not null)
            """;

    private static final String MARK = """
            insert into retention_mark as m (type, position)
            values ($1, $2)
            on conflict (type) do update set position = greatest(m.position, excluded.position)
            """;

    private final SqlClient sql;

    /** Writes through {@code sql}. */
    public Emptying(SqlClient sql) {
        this.sql = sql;
    }

    /**
     * One step along the events of a type. Interrupted, or done by two at once, it is done again without harm.
     *
     * @param type names the type's mark
     * @param stored every name under which its events are stored
     * @param keptFrom events appended from then on are kept
     * @return whether there may be more to look at right now
     */
    public Future<Boolean> step(String type, Collection<String> stored, Instant keptFrom) {
        var names = stored.toArray(String[]::new);
        var reach = Tuple.of(type, names, STEP, keptFrom.atOffset(ZoneOffset.UTC));
        return sql.preparedQuery(REACH).execute(reach).compose(rows -> {
            var row = rows.iterator().next();
            long from = row.getLong("mark");
            long to = row.getLong("reach");
            return to <= from
                    ? Future.succeededFuture(false)
                    : empty(type, names, from, to).map(to == from + STEP);
        });
    }

    private Future<Void> empty(String type, String[] names, long from, long to) {
        return sql.preparedQuery(EMPTY)
                .execute(Tuple.of(from, to, names))
                .compose(done -> sql.preparedQuery(MARK).execute(Tuple.of(type, to)))
                .mapEmpty();
    }
}
