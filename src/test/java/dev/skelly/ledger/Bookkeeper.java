package dev.skelly.ledger;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;

/** Reads the books from the database, in one snapshot. */
public final class Bookkeeper {

    private static final String EVENTS = """
            select seq, position, id, type, subject, subject_version, correlation, causation, channels
            from event
            order by seq
            """;

    private static final String INBOX = """
            select worker, event, state = 'done' as finished from inbox
            union all
            select n.worker, e.id, true
            from work_done d
            join worker_number n on n.number = d.worker
            left join event e using (position)
            """;

    private static final String DEAD =
            "select worker, event, true as finished from dead_letter where state <> 'retried'";

    private static final String CHECKPOINTS = "select worker, position, epoch from relay_checkpoint";

    private static final String COUNTS = "select type, sum(count) from event_count group by type";

    private static final String PREFERENCES = "select account from preferences";

    private static final String WRITES =
            "select what, epoch, value, backend, holder from ledger_leader_write order by id";

    private static final String WATCHED = "select to_regclass('ledger_leader_write') is not null as watched";

    private Bookkeeper() {}

    /** Reads everything; the database may be at work meanwhile. */
    public static Books read(Connection database) throws SQLException {
        database.setAutoCommit(false);
        database.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try {
            return books(database);
        } finally {
            database.rollback();
            database.setAutoCommit(true);
        }
    }

    private static Books books(Connection database) throws SQLException {
        return new Books(
                one(database, "select epoch from log_identity", row -> row.getLong(1)),
                one(database, "select cursor_key from log_identity", row -> new SecretKeySpec(row.getBytes(1), "AES")),
                one(database, "select coalesce(max(position), 0) from event", row -> row.getLong(1)),
                one(database, "select epoch from relay_lease", row -> row.getLong(1)),
                rows(database, EVENTS, Bookkeeper::event),
                rows(database, INBOX, Bookkeeper::effect),
                rows(database, DEAD, Bookkeeper::effect),
                rows(database, CHECKPOINTS, Bookkeeper::checkpoint),
                rows(database, COUNTS, row -> Map.entry(row.getString(1), row.getLong(2))).stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                rows(database, PREFERENCES, row -> row.getObject(1, UUID.class)),
                one(database, WATCHED, row -> row.getBoolean(1))
                        ? rows(database, WRITES, Bookkeeper::write)
                        : List.of());
    }

    private static Books.Checkpoint checkpoint(ResultSet row) throws SQLException {
        return new Books.Checkpoint(row.getString(1), row.getLong(2), row.getLong(3));
    }

    private static Books.LeaderWrite write(ResultSet row) throws SQLException {
        return new Books.LeaderWrite(row.getString(1), row.getLong(2), row.getLong(3), row.getInt(4), row.getString(5));
    }

    private static <T> T one(Connection database, String sql, Reading<T> reading) throws SQLException {
        return rows(database, sql, reading).get(0);
    }

    private static Books.Row event(ResultSet row) throws SQLException {
        return new Books.Row(
                row.getLong("seq"),
                row.getObject("position", Long.class),
                row.getObject("id", UUID.class),
                row.getString("type"),
                row.getString("subject"),
                row.getLong("subject_version"),
                row.getObject("correlation", UUID.class),
                row.getObject("causation", UUID.class),
                texts(row.getArray("channels")));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    private static Books.Effect effect(ResultSet row) throws SQLException {
        return new Books.Effect(row.getString(1), row.getObject(2, UUID.class), row.getBoolean(3));
    }

    private static <T> List<T> rows(Connection database, String sql, Reading<T> reading) throws SQLException {
        try (var statement = database.createStatement();
                var results = statement.executeQuery(sql)) {
            var rows = new ArrayList<T>();
            while (results.next()) {
                rows.add(reading.of(results));
            }
            return rows;
        }
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }
}
