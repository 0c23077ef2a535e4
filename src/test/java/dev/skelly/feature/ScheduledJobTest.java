package dev.skelly.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scheduled job may be. */
class ScheduledJobTest {

    private static final Schedule HOURLY = Schedule.every(Duration.ofHours(1));

    @ParameterizedTest
    @ValueSource(strings = {"", "clean-up", "Lamps.clean-up", "lamps.cleanUp", "lamps.", "lamps.clean_up", "a.b.c"})
    void refusesANameOfAnotherForm(String name) {
        assertThatThrownBy(() -> job(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("job name: " + name + " (expected: feature.verb-object, at most 100 characters)");
    }

    @Test
    void refusesANameThatIsTooLong() {
        assertThat(job("lamps." + "a".repeat(94)).name()).hasSize(100);
        assertThatThrownBy(() -> job("lamps." + "a".repeat(95))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1M", "PT0.999S", "PT24H0.001S"})
    void refusesALongestTimeOutsideItsRange(Duration atMost) {
        var job = job("lamps.clean-up");
        assertThatThrownBy(() -> job.atMost(atMost))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("job lamps.clean-up: at most " + atMost + " (expected: 1 s to 24 h)");
    }

    @Test
    void runsForAQuarterOfAnHourUnlessItSaysOtherwise() {
        var job = job("lamps.clean-up");

        assertThat(job.atMost()).isEqualTo(Duration.ofMinutes(15));
        assertThat(job.atMost(Duration.ofHours(2)).atMost()).isEqualTo(Duration.ofHours(2));
    }

    private static ScheduledJob job(String name) {
        return new ScheduledJob(name, HOURLY, due -> Future.succeededFuture());
    }
}
