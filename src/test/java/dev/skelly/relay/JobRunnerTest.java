package dev.skelly.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a failed job waits. */
class JobRunnerTest {

    @ParameterizedTest
    @CsvSource({"0, PT5S", "1, PT10S", "2, PT20S", "5, PT2M40S", "6, PT5M", "7, PT5M", "2147483647, PT5M"})
    void waitsLongerAfterEachFailureUpToALimit(int failures, Duration pause) {
        assertThat(JobRunner.pause(failures)).isEqualTo(pause);
    }
}
