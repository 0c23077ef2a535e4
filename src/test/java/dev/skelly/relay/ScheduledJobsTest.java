package dev.skelly.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skelly.feature.Schedule;
import dev.skelly.feature.ScheduledJob;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the scheduler decides without a database. */
@ExtendWith(VertxExtension.class)
class ScheduledJobsTest {

    private static final Instant KNOWN = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z,     2026-01-01T00:00:00Z",
        "2026-01-01T00:00:59.999Z, 2026-01-01T00:00:00Z",
        "2026-01-01T00:01:00Z,     2026-01-01T00:01:00Z",
        "2026-01-01T00:02:30Z,     2026-01-01T00:02:00Z",
        "2031-07-05T17:36:07Z,     2031-07-05T17:36:00Z",
    })
    void findsTheLatestDueTime(Instant now, Instant latest) {
        assertThat(ScheduledJobs.latest(Schedule.every(Duration.ofMinutes(1)), KNOWN, now))
                .isEqualTo(latest);
        assertThat(ScheduledJobs.latest(Schedule.cron("* * * * *", ZoneId.of("Europe/Berlin")), KNOWN, now))
                .isEqualTo(latest);
    }

    @Test
    void findsTheLatestDueTimeAmongFew() {
        var yearly = Schedule.cron("0 0 29 2 *", ZoneId.of("UTC"));

        assertThat(ScheduledJobs.latest(yearly, KNOWN, Instant.parse("2028-02-28T23:59:59Z")))
                .isEqualTo(KNOWN);
        assertThat(ScheduledJobs.latest(yearly, KNOWN, Instant.parse("2035-02-28T23:59:59Z")))
                .isEqualTo("2032-02-29T00:00:00Z");
    }

    @Test
    void refusesANameThatStandsTwice(Vertx vertx) {
        // Given
        var job = new ScheduledJob(
                "lamps.clean-up", Schedule.every(Duration.ofHours(1)), due -> Future.succeededFuture());
        var jobs = List.of(job, job);
        var meters = new SimpleMeterRegistry();

        // When, then
        assertThatThrownBy(() -> new ScheduledJobs(jobs, vertx, Clock.systemUTC(), meters))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("job name: lamps.clean-up stands twice (expected: once)");
    }
}
