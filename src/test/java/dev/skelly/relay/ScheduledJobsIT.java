package dev.skelly.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.LogLines;
import dev.skelly.feature.Schedule;
import dev.skelly.feature.ScheduledJob;
import dev.skelly.testing.MovableClock;
import dev.skelly.testing.TestDatabase;
import dev.skelly.testing.Waiting;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scheduled jobs on a real database, under a clock that the test moves. Each {@code leader} is another node's task. */
class ScheduledJobsIT {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Schedule EACH_MINUTE = Schedule.every(MINUTE);

    private final MovableClock clock = new MovableClock(Instant.parse("2026-06-01T10:00:00Z"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Instant> runs = new CopyOnWriteArrayList<>();
    private final List<Instant> others = new CopyOnWriteArrayList<>();
    private TestDatabase database;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh();
    }

    @AfterEach
    void close() {
        database.close();
        meters.close();
    }

    @Test
    void runsAtEachDueTimeOnce() {
        // Given
        var leader = leader(job(EACH_MINUTE));
        look(leader);

        // When
        clock.pass(Duration.ofSeconds(59));
        look(leader);
        clock.pass(Duration.ofSeconds(1));
        look(leader);
        look(leader);
        clock.pass(MINUTE);
        look(leader);

        // Then
        assertThat(runs).isEqualTo(times("10:01", "10:02"));
        assertThat(counted("done")).isEqualTo(2);
    }

    @Test
    void runsByCronInAZone() {
        // Given
        var leader = leader(job(Schedule.cron("0 3 * * *", ZoneId.of("Europe/Berlin"))));
        look(leader);

        // When
        IntStream.range(0, 48).forEach(hour -> {
            clock.pass(Duration.ofHours(1));
            look(leader);
        });

        // Then
        assertThat(runs).containsExactly(Instant.parse("2026-06-02T01:00:00Z"), Instant.parse("2026-06-03T01:00:00Z"));
    }

    @Test
    void runsOnceForTheLatestOfAllMissedTimes() {
        // Given
        look(leader(job(EACH_MINUTE)));

        // When
        clock.pass(Duration.ofDays(700).plusSeconds(90));
        var restarted = leader(job(EACH_MINUTE));
        look(restarted);
        look(restarted);

        // Then
        assertThat(runs).containsExactly(Instant.parse("2028-05-01T10:01:00Z"));
        clock.pass(MINUTE);
        look(restarted);
        assertThat(runs).hasSize(2);
    }

    @Test
    void startsNoOtherRunWhileOneLasts() {
        // Given
        var end = Promise.<Void>promise();
        var leader = leader(job(EACH_MINUTE, due -> runs.size() == 1 ? end.future() : Future.succeededFuture()));
        look(leader);

        // When
        for (var minute = 0; minute < 5; minute++) {
            clock.pass(MINUTE);
            round(leader);
        }

        // Then
        assertThat(runs).isEqualTo(times("10:01"));
        end.complete();
        settle();
        look(leader);
        assertThat(runs).isEqualTo(times("10:01", "10:05"));
    }

    @Test
    void runsEachDueTimeOnceUnderSeveralLeaders() {
        // Given
        var leaders = Stream.generate(() -> leader(job(EACH_MINUTE))).limit(4).toList();
        leaders.forEach(this::look);
        var minutes = 60;

        // When
        for (var minute = 0; minute < minutes; minute++) {
            clock.pass(MINUTE);
            for (var again = 0; again < 3; again++) {
                Waiting.on(Future.join(leaders.stream()
                        .map(leader -> leader.round(database.pool()))
                        .toList()));
            }
            settle();
        }

        // Then
        assertThat(runs)
                .isEqualTo(Stream.iterate(EACH_MINUTE.next(Instant.parse("2026-06-01T10:00:00Z")), EACH_MINUTE::next)
                        .limit(minutes)
                        .toList());
    }

    @Test
    void repeatsARunThatDiedWhenItsClaimIsOver() {
        // Given
        var died = Promise.<Void>promise();
        var first = leader(job(EACH_MINUTE, due -> died.future()));
        var second = leader(job(EACH_MINUTE));
        look(first);
        clock.pass(MINUTE);
        round(first);

        // When
        round(second);
        assertThat(runs).hasSize(1);
        database.execute("update scheduled_job set claimed_until = clock_timestamp()");
        look(second);

        // Then
        assertThat(runs).isEqualTo(times("10:01", "10:01"));
        assertThat(counted("lost")).isOne();
        assertThat(due()).isEqualTo(times("10:02").get(0));
    }

    @Test
    void ignoresTheResultOfARunThatOutlivedItsClaim() {
        // Given
        var late = Promise.<Void>promise();
        var lasting = Promise.<Void>promise();
        var first = leader(job(EACH_MINUTE, due -> late.future()));
        var second = leader(job(EACH_MINUTE, due -> lasting.future()));
        look(first);
        clock.pass(MINUTE);
        round(first);
        database.execute("update scheduled_job set claimed_until = clock_timestamp()");
        round(second);

        // When
        try (var lines = new LogLines()) {
            late.complete();
            await().until(() -> lines.text().contains("ended after its claim"));
        }

        // Then
        assertThat(due()).isEqualTo(times("10:01").get(0));
        assertThat(claimed()).isOne();
        lasting.complete();
        settle();
        assertThat(due()).isEqualTo(times("10:02").get(0));
    }

    @Test
    void recordsAResultThatTheDatabaseCouldNotTakeAtFirst() {
        // Given
        var end = Promise.<Void>promise();
        var leader = leader(job(EACH_MINUTE, due -> end.future()));
        look(leader);
        clock.pass(MINUTE);
        round(leader);
        database.execute("alter table scheduled_job add constraint stays check (claimed_until is not null) not valid");

        // When
        try (var lines = new LogLines()) {
            end.complete();
            await().until(() -> lines.text().contains("cannot be recorded yet"));
        }
        database.execute("alter table scheduled_job drop constraint stays");

        // Then
        settle();
        assertThat(due()).isEqualTo(times("10:02").get(0));
        assertThat(runs).hasSize(1);
    }

    @Test
    void retriesAFailedRunAfterAGrowingPauseAndDelaysNoOther() {
        // Given
        var hourly = Schedule.every(Duration.ofHours(1));
        var leader = leader(
                job(hourly, due -> Future.failedFuture("the lamp is out")),
                new ScheduledJob("lamps.count-lamps", EACH_MINUTE, this::other));
        look(leader);
        clock.pass(Duration.ofHours(1));
        String log;
        try (var lines = new LogLines()) {
            look(leader);
            log = lines.text();
        }
        assertThat(pauseSeconds()).isBetween(0.0, 5.0);

        // When
        clock.pass(MINUTE);
        look(leader);
        assertThat(runs).isEqualTo(times("11:00"));
        assertThat(others).isEqualTo(times("11:00", "11:01"));
        endPause();
        look(leader);

        // Then
        assertThat(runs).isEqualTo(times("11:00", "11:00"));
        assertThat(pauseSeconds()).isBetween(5.0, 10.0);
        assertThat(counted("failed")).isEqualTo(2);
        assertThat(log).contains("lamps.clean-up", "the lamp is out");
    }

    @Test
    void replacesAFailedDueTimeByTheNext() {
        // Given
        var leader = leader(
                job(EACH_MINUTE, due -> runs.size() < 3 ? Future.failedFuture("too early") : Future.succeededFuture()));
        look(leader);
        clock.pass(MINUTE);
        look(leader);
        endPause();
        look(leader);
        assertThat(pauseSeconds()).isPositive();

        // When
        clock.pass(MINUTE);
        look(leader);

        // Then
        assertThat(runs).isEqualTo(times("10:01", "10:01", "10:02"));
        assertThat(due()).isEqualTo(times("10:03").get(0));
        assertThat(number("select failures from scheduled_job")).isZero();
    }

    @Test
    void countsAnExceptionAndAMissingFutureAsFailures() {
        // Given
        var leader = leader(
                job(EACH_MINUTE, due -> {
                    throw new IllegalStateException("thrown");
                }),
                new ScheduledJob("lamps.count-lamps", EACH_MINUTE, ScheduledJobsIT::missing));
        look(leader);

        // When
        clock.pass(MINUTE);
        look(leader);

        // Then
        assertThat(number("select sum(failures) from scheduled_job")).isEqualTo(2);
    }

    @Test
    void countsARunThatTakesTooLongAsFailed() {
        // Given
        var leader =
                leader(job(EACH_MINUTE, due -> Promise.<Void>promise().future()).atMost(Duration.ofSeconds(1)));
        look(leader);

        // When
        clock.pass(MINUTE);
        look(leader);

        // Then
        assertThat(counted("failed")).isOne();
        assertThat(pauseSeconds()).isPositive();
    }

    @Test
    void leavesTheRowsOfRemovedJobsAlone() {
        // Given
        look(leader(job(EACH_MINUTE), new ScheduledJob("lamps.count-lamps", EACH_MINUTE, this::other)));

        // When
        var leader = leader(job(EACH_MINUTE));
        clock.pass(MINUTE);
        look(leader);
        look(leader());

        // Then
        assertThat(runs).isEqualTo(times("10:01"));
        assertThat(others).isEmpty();
        assertThat(number("select count(*) from scheduled_job")).isEqualTo(2);
    }

    @Test
    void repeatsNoDueTimeWhenTheClockIsSetBackALittle() {
        // Given
        var leader = leader(job(EACH_MINUTE));
        look(leader);
        clock.pass(MINUTE);
        look(leader);

        // When
        clock.pass(Duration.ofMinutes(-30));
        for (var minute = 0; minute < 31; minute++) {
            look(leader);
            clock.pass(MINUTE);
        }
        look(leader);

        // Then
        assertThat(runs).isEqualTo(times("10:01", "10:02"));
    }

    @Test
    void goesOnByTheNewTimeWhenTheClockIsSetBackALot() {
        // Given
        var leader = leader(job(EACH_MINUTE));
        look(leader);

        // When
        clock.pass(Duration.ofDays(-1));
        look(leader);
        clock.pass(MINUTE);
        look(leader);

        // Then
        assertThat(runs).containsExactly(Instant.parse("2026-05-31T10:01:00Z"));
    }

    @Test
    void followsAChangedScheduleAfterARestart() {
        // Given
        look(leader(job(Schedule.every(Duration.ofDays(1)))));

        // When
        var leader = leader(job(EACH_MINUTE));
        look(leader);
        clock.pass(MINUTE);
        look(leader);

        // Then
        assertThat(runs).isEqualTo(times("10:01"));
    }

    @Test
    void startsOtherJobsWhileARowIsLocked() throws SQLException {
        // Given
        var leader = leader(job(EACH_MINUTE), new ScheduledJob("lamps.count-lamps", EACH_MINUTE, this::other));
        look(leader);
        clock.pass(MINUTE);
        var address = database.address();

        // When
        try (var session = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = session.createStatement()) {
            session.setAutoCommit(false);
            assertThat(statement.execute("select from scheduled_job where name = 'lamps.clean-up' for update"))
                    .isTrue();
            look(leader);

            // Then
            assertThat(runs).isEmpty();
            assertThat(others).isEqualTo(times("10:01"));
            session.rollback();
        }
        look(leader);
        assertThat(runs).isEqualTo(times("10:01"));
    }

    private ScheduledJobs leader(ScheduledJob... jobs) {
        return new ScheduledJobs(List.of(jobs), database.vertx(), clock, meters);
    }

    private ScheduledJob job(Schedule schedule) {
        return job(schedule, due -> Future.succeededFuture());
    }

    private ScheduledJob job(Schedule schedule, Function<Instant, Future<Void>> run) {
        return new ScheduledJob("lamps.clean-up", schedule, due -> {
            runs.add(due);
            return run.apply(due);
        });
    }

    private Future<Void> other(Instant due) {
        others.add(due);
        return Future.succeededFuture();
    }

    @SuppressWarnings("NullAway") // What a job may do wrong.
    private static Future<Void> missing(Instant due) {
        return null;
    }

    private void round(ScheduledJobs leader) {
        Waiting.on(leader.round(database.pool()));
    }

    /* A round, and the end of the runs that it started. */
    private void look(ScheduledJobs leader) {
        round(leader);
        settle();
    }

    private void settle() {
        await().pollInterval(Duration.ofMillis(5)).until(() -> claimed() == 0);
    }

    private double claimed() {
        return number("select count(*) from scheduled_job where claimed_until is not null");
    }

    private double pauseSeconds() {
        return number("select extract(epoch from max(retry_at) - clock_timestamp()) from scheduled_job");
    }

    private void endPause() {
        database.execute("update scheduled_job set retry_at = clock_timestamp() where retry_at is not null");
    }

    private Instant due() {
        return Waiting.on(database.pool().query("select due from scheduled_job").execute())
                .iterator()
                .next()
                .getOffsetDateTime(0)
                .toInstant();
    }

    private double number(String query) {
        return Waiting.on(database.pool().query(query).execute())
                .iterator()
                .next()
                .getDouble(0);
    }

    private double counted(String outcome) {
        return meters.get("skelly.jobs.runs")
                .tag("job", "lamps.clean-up")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private static List<Instant> times(String... hoursAndMinutes) {
        return Stream.of(hoursAndMinutes)
                .map(time -> Instant.parse("2026-06-01T" + time + ":00Z"))
                .toList();
    }
}
