package dev.skelly.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.LogLines;
import dev.skelly.feature.Schedule;
import dev.skelly.feature.ScheduledJob;
import dev.skelly.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How runs of scheduled jobs end, and what follows. */
class JobRunsIT extends OnSchedule {

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
        var leader = leader(job(EACH_MINUTE, due -> Future.failedFuture("the lamp is out")));
        look(leader);
        clock.pass(MINUTE);
        look(leader);
        endPause();
        look(leader);
        assertThat(number("select failures from scheduled_job")).isEqualTo(2);
        assertThat(pauseSeconds()).isPositive();

        // When
        clock.pass(MINUTE);
        look(leader);

        // Then
        assertThat(runs).isEqualTo(times("10:01", "10:01", "10:02"));
        assertThat(due()).isEqualTo(times("10:02").get(0));
        assertThat(number("select failures from scheduled_job")).isOne();
    }

    @Test
    void startsNothingThatEndedSinceTheRowsWereRead() {
        // Given
        var table = new ScheduledJobTable(database.pool());
        var job = job(EACH_MINUTE);
        var due = new ScheduledJobTable.JobDue(job, times("10:01").get(0), 0);
        Waiting.on(table.plan(List.of(due)));
        var claim = Waiting.on(table.start(List.of(due))).get(0);
        database.execute("update scheduled_job set claimed_until = clock_timestamp()");
        var read = Waiting.on(table.look(List.of(job.name()))).get(0);

        // When
        var completed = Waiting.on(table.complete(claim, times("10:02").get(0)));
        var started = Waiting.on(table.start(List.of(new ScheduledJobTable.JobDue(job, read.due(), read.version()))));

        // Then
        assertThat(completed).isTrue();
        assertThat(started).isEmpty();
        assertThat(due()).isEqualTo(times("10:02").get(0));
    }

    @Test
    void countsAnExceptionAndAMissingFutureAsFailures() {
        // Given
        var leader = leader(
                job(EACH_MINUTE, due -> {
                    throw new IllegalStateException("thrown");
                }),
                new ScheduledJob("lamps.count-lamps", EACH_MINUTE, OnSchedule::missing));
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
}
