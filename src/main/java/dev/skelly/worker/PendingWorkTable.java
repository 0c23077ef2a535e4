package dev.skelly.worker;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
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

    /* Locks the row until the end of the transaction, so of two workers that end at once the second sees the first. */
    static Future<Optional<WaitingEmitter>> done(SqlClient sql, UUID event, String worker) {
        return sql.preparedQuery("""
                        update outcome set waiting = array_remove(waiting, $2) where event = $1 returning event, type, emitter, waiting
                        """)
                .execute(Tuple.of(event, worker))
                .map(rows -> rows.stream().findFirst().map(PendingWorkTable::waiting));
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
