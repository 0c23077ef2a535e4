package dev.skelly.eventlog;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** The SQL of the subjects' heads, apart from what appending does with them. */
public final class SubjectHeadTable {

    /* The lock is as strong as that of appending, and ends with the statement when there is no transaction around it. */
    private static final String LOCKED = """
            with asked as (
              select subject
              from subject_head
              where subject = any ($1)
            ),
            free as (
              select subject
              from subject_head
              where subject = any ($1)
              order by subject
              for no key update skip locked
            )
            select subject
            from asked
            where subject not in (select subject from free)
            """;

    private SubjectHeadTable() {}

    /**
     * Returns those of the subjects whose head another transaction holds now. Waits for none of them. A head that another transaction is
     * inserting is not among them, because it cannot be seen.
     */
    public static Future<List<String>> locked(SqlClient sql, Collection<String> subjects) {
        return sql.preparedQuery(LOCKED)
                .execute(Tuple.of(subjects.toArray(String[]::new)))
                .map(rows -> rows.stream().map(row -> row.getString(0)).toList());
    }

    /** Lets the open transaction wait no longer than given for each of its locks. */
    static Future<Void> lockWait(SqlClient sql, Duration wait) {
        return sql.preparedQuery("select set_config('lock_timeout', $1, true)")
                .execute(Tuple.of(wait.toMillis() + "ms"))
                .mapEmpty();
    }
}
