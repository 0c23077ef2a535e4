package dev.skelly.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skelly.testing.Torture;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReconnectBackoffTest {

    @Test
    void doublesUpToItsLimitWithinTheJitterAndBeginsAgainAfterASuccess() {
        // Given
        var seed = Torture.seed("backoff");
        var backoff = new ReconnectBackoff(Duration.ofMillis(250), Duration.ofSeconds(2), new Random(seed));

        // When
        var pauses = new long[] {
            backoff.nextMillis(), backoff.nextMillis(), backoff.nextMillis(), backoff.nextMillis(), backoff.nextMillis()
        };

        // Then
        var expected = new long[] {250, 500, 1000, 2000, 2000};
        for (var i = 0; i < pauses.length; i++) {
            assertTrue(Math.abs(pauses[i] - expected[i]) <= expected[i] / 5 + 1, "seed " + seed);
        }
        backoff.reset();
        assertTrue(backoff.nextMillis() <= 300, "seed " + seed);
        assertEquals(5, pauses.length);
    }
}
