package dev.skelly.relay;

import static org.awaitility.Awaitility.await;

import dev.skelly.feature.Schedule;
import dev.skelly.feature.ScheduledJob;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.MovableClock;
import dev.skelly.testkit.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database, a clock that the test moves, and jobs that note their runs. Each {@code leader} is another node's task. */
abstract class OnSchedule {

    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Schedule EACH_MINUTE = Schedule.every(MINUTE);

    final MovableClock clock = new MovableClock(Instant.parse("2026-06-01T10:00:00Z"));
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<Instant> runs = new CopyOnWriteArrayList<>();
    final List<Instant> others = new CopyOnWriteArrayList<>();
    TestDatabase database;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh();
    }

    @AfterEach
    void close() {
        database.close();
        meters.close();
    }

    ScheduledJobs leader(ScheduledJob... jobs) {
        return new ScheduledJobs(List.of(jobs), database.vertx(), clock, meters);
    }

    ScheduledJob job(Schedule schedule) {
        return job(schedule, due -> Future.succeededFuture());
    }

    ScheduledJob job(Schedule schedule, Function<Instant, Future<Void>> run) {
        return new ScheduledJob("lamps.clean-up", schedule, due -> {
            runs.add(due);
            return run.apply(due);
        });
    }

    Future<Void> other(Instant due) {
        others.add(due);
        return Future.succeededFuture();
    }

    @SuppressWarnings("NullAway") // What a job may do wrong.
    static Future<Void> missing(Instant due) {
        return null;
    }

    void round(ScheduledJobs leader) {
        Waiting.on(leader.round(database.pool()));
    }

    /* A round, and the end of the runs that it started. */
    void look(ScheduledJobs leader) {
        round(leader);
        settle();
    }

    void settle() {
        await().pollInterval(Duration.ofMillis(5)).until(() -> claimed() == 0);
    }

    double claimed() {
        return number("select count(*) from scheduled_job where claimed_until is not null");
    }

    double pauseSeconds() {
        return number("select extract(epoch from max(retry_at) - clock_timestamp()) from scheduled_job");
    }

    void endPause() {
        database.execute("update scheduled_job set retry_at = clock_timestamp() where retry_at is not null");
    }

    Instant due() {
        return Waiting.on(database.pool().query("select due from scheduled_job").execute())
                .iterator()
                .next()
                .getOffsetDateTime(0)
                .toInstant();
    }

    double number(String query) {
        return Waiting.on(database.pool().query(query).execute())
                .iterator()
                .next()
                .getDouble(0);
    }

    double counted(String outcome) {
        return meters.get("skelly.jobs.runs")
                .tag("job", "lamps.clean-up")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    static List<Instant> times(String... hoursAndMinutes) {
        return Stream.of(hoursAndMinutes)
                .map(time -> Instant.parse("2026-06-01T" + time + ":00Z"))
                .toList();
    }
}
