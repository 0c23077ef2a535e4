package dev.skelly.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skelly.testing.Torture;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    @Test
    void followsTheShippedPausesWithinTheJitterAndThenGivesUp() {
        // Given
        var seed = Torture.seed("retry schedule");
        var schedule = new RetryPolicy(WorkerConfig.DEFAULT.retry(), new Random(seed));
        var expected = new long[] {1, 5, 30, 120, 600, 1_800, 3_600, 10_800};

        // Then
        for (var attempt = 1; attempt <= expected.length; attempt++) {
            var pause = schedule.after(attempt).orElseThrow();
            var due = Duration.ofSeconds(expected[attempt - 1]);
            assertTrue(
                    pause.minus(due).abs().compareTo(due.dividedBy(5)) <= 0,
                    "attempt " + attempt + " after " + pause + ", seed " + seed);
        }
        assertEquals(Optional.empty(), schedule.after(expected.length + 1));
    }
}
