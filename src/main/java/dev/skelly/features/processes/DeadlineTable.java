package dev.skelly.features.processes;

import dev.skelly.feature.ClearDeadline;
import dev.skelly.feature.FindDeadlines;
import dev.skelly.feature.SetDeadline;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;

/** The SQL of table {@code process_deadline}. */
final class DeadlineTable {

    private static final String SET = """
            insert into process_deadline (process, key, name, due)
            values ($1, $2, $3, $4)
            on conflict (process, key, name) do update set due = excluded.due, attempts = 0
            """;

    private static final String CLEAR = "delete from process_deadline where process = $1 and key = $2 and name = $3";

    private static final String FIND =
            "select name, due from process_deadline where process = $1 and key = $2 order by due, name limit 100";

    private static final String OVER = """
            select process, key, name, due, attempts
            from process_deadline
            where due <= $1 and process = any ($2)
            order by due
            limit $3
            """;

    /* A deadline that was moved meanwhile stays where it is. */
    private static final String POSTPONE = """
            update process_deadline set due = $5, attempts = attempts + 1
            where process = $1 and key = $2 and name = $3 and due = $4
            """;

    private static final String DONE =
            "delete from process_deadline where process = $1 and key = $2 and name = $3 and due = $4";

    private DeadlineTable() {}

    /** A deadline that is over. */
    record Overdue(String process, String key, String name, OffsetDateTime due, int attempts) {

        private Tuple key4() {
            return Tuple.of(process, key, name, due);
        }
    }

    static Future<Void> set(SqlClient sql, SetDeadline deadline) {
        return sql.preparedQuery(SET)
                .execute(Tuple.of(deadline.process(), deadline.key(), deadline.name(), utc(deadline.due())))
                .mapEmpty();
    }

    static Future<Void> clear(SqlClient sql, ClearDeadline deadline) {
        return sql.preparedQuery(CLEAR)
                .execute(Tuple.of(deadline.process(), deadline.key(), deadline.name()))
                .mapEmpty();
    }

    static Future<FindDeadlines.Deadlines> find(SqlClient sql, FindDeadlines query) {
        return sql.preparedQuery(FIND)
                .execute(Tuple.of(query.process(), query.key()))
                .map(rows -> new FindDeadlines.Deadlines(rows.stream()
                        .map(row -> new FindDeadlines.Deadline(
                                row.getString("name"),
                                row.getOffsetDateTime("due").toInstant()))
                        .toList()));
    }

    /** Finds deadlines of these processes that are over at a time, the longest ago first. */
    static Future<List<Overdue>> over(SqlClient sql, Instant now, Collection<String> processes, int limit) {
        return sql.preparedQuery(OVER)
                .execute(Tuple.of(utc(now), processes.toArray(String[]::new), limit))
                .map(rows -> rows.stream()
                        .map(row -> new Overdue(
                                row.getString("process"),
                                row.getString("key"),
                                row.getString("name"),
                                row.getOffsetDateTime("due"),
                                row.getInteger("attempts")))
                        .toList());
    }

    /** Removes a deadline whose command has succeeded, unless it was moved. */
    static Future<Void> done(SqlClient sql, Overdue deadline) {
        return sql.preparedQuery(DONE).execute(deadline.key4()).mapEmpty();
    }

    /** Moves a deadline whose command has failed, so that others are not held up. */
    static Future<Void> postpone(SqlClient sql, Overdue deadline, Instant until) {
        return sql.preparedQuery(POSTPONE)
                .execute(deadline.key4().addOffsetDateTime(utc(until)))
                .mapEmpty();
    }

    private static OffsetDateTime utc(Instant time) {
        return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
    }
}
