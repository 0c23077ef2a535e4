package dev.skelly.worker;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL of table {@code outcome}, which stores the workers that an emitted event still waits for. */
public final class PendingWorkTable {

    /** An event, its emitter, and the pending workers. */
    record WaitingEmitter(UUID event, String type, UUID emitter, List<String> workers) {}

    private PendingWorkTable() {}

    static Future<Void> insert(SqlClient sql, WaitingEmitter waiting) {
        return sql.preparedQuery("insert into outcome (event, type, emitter, waiting) values ($1, $2, $3, $4)")
                .execute(Tuple.of(waiting.event(), waiting.type(), waiting.emitter())
                        .addArrayOfString(waiting.workers().toArray(String[]::new)))
                .mapEmpty();
    }

    /*
     * The rows are locked until the end of the transaction, so of two workers that end at once the second sees the first; and in the order of
     * their keys, so that two groups cannot deadlock. The last worker's transaction deletes the row.
     */
    private static final String DONE = """
            with locked as (
              select event
              from outcome
              where event = any ($1)
              order by event
              for update
            )
            update outcome o
            set waiting = array_remove(o.waiting, $2)
            from locked
            where o.event = locked.event
            returning o.event, o.type, o.emitter, o.waiting
            """;

    /** Records that the worker is done with events; returns those that no worker is pending for, and forgets them. */
    static Future<List<WaitingEmitter>> done(SqlClient sql, Collection<UUID> events, String worker) {
        return sql.preparedQuery(DONE)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(events.toArray(UUID[]::new))
                        .addString(worker))
                .compose(rows -> {
                    var finished = rows.stream()
                            .map(PendingWorkTable::waiting)
                            .filter(waiting -> waiting.workers().isEmpty())
                            .toList();
                    var gone = finished.stream().map(WaitingEmitter::event).toArray(UUID[]::new);
                    return gone.length == 0
                            ? Future.succeededFuture(finished)
                            : sql.preparedQuery("delete from outcome where event = any ($1)")
                                    .execute(Tuple.tuple().addArrayOfUUID(gone))
                                    .map(finished);
                });
    }

    static Future<Optional<WaitingEmitter>> find(SqlClient sql, UUID event) {
        return sql.preparedQuery("select event, type, emitter, waiting from outcome where event = $1")
                .execute(Tuple.of(event))
                .map(rows -> rows.stream().findFirst().map(PendingWorkTable::waiting));
    }

    public static Future<Void> delete(SqlClient sql, UUID event) {
        return sql.preparedQuery("delete from outcome where event = $1")
                .execute(Tuple.of(event))
                .mapEmpty();
    }

    private static WaitingEmitter waiting(Row row) {
        return new WaitingEmitter(
                row.getUUID("event"),
                row.getString("type"),
                row.getUUID("emitter"),
                List.of(row.getArrayOfStrings("waiting")));
    }
}
