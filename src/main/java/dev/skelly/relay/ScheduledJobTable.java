package dev.skelly.relay;

import dev.skelly.feature.ScheduledJob;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * The SQL of table {@code scheduled_job}. Claims and pauses end by the database's clock, which all nodes share; due times come from the
 * caller's.
 */
final class ScheduledJobTable {

    /** Beyond the longest time of a run, so that the node of a long run reports it before another node takes it for dead. */
    private static final Duration CLAIM_MARGIN = Duration.ofSeconds(10);

    /** By which the clocks of the database before and after a switch may differ. */
    private static final Duration CLOCK_MARGIN = Duration.ofMinutes(1);

    private static final String LOOK = """
            select name, schedule, due, version, claimed_until is not null as claimed,
              coalesce(extract(epoch from claimed_until - clock_timestamp()), 0)::float8 as claimed_seconds,
              coalesce(retry_at > clock_timestamp(), false) as pausing
            from scheduled_job
            where name = any($1::text[])
            """;

    private static final String PLAN = """
            insert into scheduled_job as job (name, schedule, due, version)
            select name, schedule, due, version
            from unnest($1::text[], $2::text[], $3::timestamptz[], $4::bigint[]) as planned (name, schedule, due, version)
            order by name
            on conflict (name) do update
            set schedule = excluded.schedule, due = excluded.due, version = job.version + 1, claimed_until = null, retry_at = null,
              failures = 0
            where job.version = excluded.version and (job.claimed_until is null or job.claimed_until <= clock_timestamp() or job.claimed_until > clock_timestamp() + $5::bigint * interval '1 millisecond')
            """;

    /* A row that another session holds is left out, so that it delays no other job; the next round finds it again. */
    private static final String START = """
            update scheduled_job job
            set due = free.due, version = job.version + 1, retry_at = null,
              claimed_until = clock_timestamp() + free.claim_millis * interval '1 millisecond',
              failures = case when job.due = free.due then job.failures else 0 end
            from (
              select start.*
              from unnest($1::text[], $2::timestamptz[], $3::bigint[], $4::bigint[]) as start (name, due, version, claim_millis)
              join scheduled_job seen on seen.name = start.name and seen.version = start.version
              where seen.claimed_until is null or seen.claimed_until <= clock_timestamp()
                or seen.claimed_until > clock_timestamp() + (start.claim_millis + $5) * interval '1 millisecond'
              for update of seen skip locked
            ) free
            where job.name = free.name
            returning job.name, job.due, job.version, job.failures
            """;

    private static final String COMPLETE = """
            update scheduled_job
            set due = $3, version = version + 1, claimed_until = null, retry_at = null, failures = 0
            where name = $1 and version = $2
            """;

    private static final String FAIL = """
            update scheduled_job
            set version = version + 1, claimed_until = null, failures = failures + 1,
              retry_at = clock_timestamp() + $3::bigint * interval '1 millisecond'
            where name = $1 and version = $2
            """;

    private final SqlClient sql;

    ScheduledJobTable(SqlClient sql) {
        this.sql = sql;
    }

    /** Returns how long a claim keeps other nodes away. */
    static Duration claimed(ScheduledJob job) {
        return job.atMost().plus(CLAIM_MARGIN);
    }

    /** Returns the rows of these jobs. */
    Future<List<JobState>> look(Collection<String> names) {
        return sql.preparedQuery(LOOK)
                .execute(Tuple.of(names.toArray(String[]::new)))
                .map(rows -> rows.stream().map(ScheduledJobTable::state).toList());
    }

    private static JobState state(Row row) {
        return new JobState(
                row.getString("name"),
                row.getString("schedule"),
                row.getOffsetDateTime("due").toInstant(),
                row.getLong("version"),
                row.getBoolean("claimed"),
                Duration.ofMillis((long) (row.getDouble("claimed_seconds") * 1000)),
                row.getBoolean("pausing"));
    }

    /** Writes the next due times of jobs that do not run; skips rows whose version changed. */
    Future<Void> plan(List<JobDue> planned) {
        return planned.isEmpty()
                ? Future.succeededFuture()
                : sql.preparedQuery(PLAN)
                        .execute(Tuple.of(
                                names(planned),
                                texts(planned, due -> due.job().schedule().toString()),
                                times(planned),
                                versions(planned),
                                longest(planned)))
                        .mapEmpty();
    }

    /** Claims these due times; returns those that are the caller's to run. */
    Future<List<JobClaim>> start(List<JobDue> starts) {
        return starts.isEmpty()
                ? Future.succeededFuture(List.of())
                : sql.preparedQuery(START)
                        .execute(Tuple.of(
                                names(starts),
                                times(starts),
                                versions(starts),
                                claims(starts),
                                CLOCK_MARGIN.toMillis()))
                        .map(rows -> rows.stream().map(ScheduledJobTable::claim).toList());
    }

    private static JobClaim claim(Row row) {
        return new JobClaim(
                row.getString("name"),
                row.getOffsetDateTime("due").toInstant(),
                row.getLong("version"),
                row.getInteger("failures"));
    }

    /** Ends a claim and sets the next due time. False when the claim is no longer the caller's. */
    Future<Boolean> complete(JobClaim claim, Instant next) {
        return sql.preparedQuery(COMPLETE)
                .execute(Tuple.of(claim.name(), claim.version(), utc(next)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Ends a claim such that its due time can be claimed again after the pause. False when the claim is no longer the caller's. */
    Future<Boolean> fail(JobClaim claim, Duration pause) {
        return sql.preparedQuery(FAIL)
                .execute(Tuple.of(claim.name(), claim.version(), pause.toMillis()))
                .map(rows -> rows.rowCount() == 1);
    }

    private static long longest(List<JobDue> all) {
        return all.stream()
                .map(due -> claimed(due.job()).plus(CLOCK_MARGIN).toMillis())
                .max(Long::compare)
                .orElseThrow();
    }

    private static String[] names(List<JobDue> all) {
        return texts(all, due -> due.job().name());
    }

    private static String[] texts(List<JobDue> all, Function<JobDue, String> text) {
        return all.stream().map(text).toArray(String[]::new);
    }

    private static OffsetDateTime[] times(List<JobDue> all) {
        return all.stream().map(due -> utc(due.due())).toArray(OffsetDateTime[]::new);
    }

    private static Long[] versions(List<JobDue> all) {
        return all.stream().map(JobDue::version).toArray(Long[]::new);
    }

    private static Long[] claims(List<JobDue> all) {
        return all.stream().map(due -> claimed(due.job()).toMillis()).toArray(Long[]::new);
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /**
     * A row as it was read.
     *
     * @param claimed whether a run began that has not ended
     * @param left time until its claim ends; zero or negative when it has ended
     * @param pausing whether the pause after a failed run is not over
     */
    record JobState(
            String name, String schedule, Instant due, long version, boolean claimed, Duration left, boolean pausing) {

        /** Tells whether the claim still holds. One that lasts longer than any is of a clock that was set back since. */
        boolean running(ScheduledJob job) {
            return !left.isNegative()
                    && !left.isZero()
                    && left.compareTo(ScheduledJobTable.claimed(job).plus(CLOCK_MARGIN)) <= 0;
        }
    }

    /** A due time of a job, and the version of the row that it follows from; 0 when there is no row. */
    record JobDue(ScheduledJob job, Instant due, long version) {}

    /** A due time that is the caller's to run, after so many failures of it. */
    record JobClaim(String name, Instant due, long version, int failures) {}
}
