package dev.skelly.eventlog;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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

    /*
     * The events of a type in the order of positions, as far as all of them are old. A head goes when its subject's newest event has a position
     * and is old, too: then its version is the head's.
     */
    private static final String FORGET = """
            with page as (
              select position, subject, time
              from event
              where type = $1 and position > $3::bigint and position is not null
              order by position
              limit $4::int
            ),
            reach as (
              select coalesce((select min(position) - 1 from page where time >= $2), (select max(position) from page), $3) as up_to
            ),
            due as (
              select h.subject
              from (select distinct subject from page where position <= (select up_to from reach) and starts_with(subject, 'event:')) old
              join subject_head h using (subject)
              cross join lateral (
                select e.subject_version, e.time
                from event e
                where e.subject = h.subject and e.position is not null
                order by e.position desc
                limit 1
              ) newest
              where newest.subject_version = h.version and newest.time < $2
              for update of h skip locked
            ),
            gone as (
              delete from subject_head where subject in (select subject from due)
            )
            select up_to from reach
            """;

    private static final int ROWS_MAX = 5_000;

    private SubjectHeadTable() {}

    /**
     * The SQL for the version that a subject had before its head was deleted; 0 for subjects whose heads are never deleted.
     *
     * @param subject an expression
     */
    static String versionWithoutHead(String subject) {
        return """
                (case when starts_with(%1$s, 'event:') then coalesce(
                  (select w.subject_version from event w where w.subject = %1$s and w.position is not null order by w.position desc limit 1),
                  0) else 0 end)""".formatted(subject);
    }

    /**
     * Deletes heads of subjects {@code event:…} with events of a type that are all older than an instant, some at a time.
     *
     * @param after only subjects with an event of the type above this position
     * @return the position up to which it looked; {@code after} when it has come to the end
     */
    public static Future<Long> forget(SqlClient sql, String type, Instant before, long after) {
        return sql.preparedQuery(FORGET)
                .execute(Tuple.of(type, before.atOffset(ZoneOffset.UTC), after, ROWS_MAX))
                .map(rows -> rows.iterator().next().getLong(0));
    }

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
