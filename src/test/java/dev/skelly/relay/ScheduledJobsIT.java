package dev.skelly.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.feature.Schedule;
import dev.skelly.feature.ScheduledJob;
import dev.skelly.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When scheduled jobs run. */
class ScheduledJobsIT extends OnSchedule {

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
        look(leader(job(Schedule.every(Duration.ofHours(1)))));

        // When
        var leader = leader(job(EACH_MINUTE));
        look(leader);
        clock.pass(MINUTE);
        look(leader);

        // Then
        assertThat(runs).isEqualTo(times("10:01"));
    }
}
