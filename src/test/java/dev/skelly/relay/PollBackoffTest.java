package dev.skelly.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollBackoffTest {

    @Test
    void looksSoonAfterAFindAndEverLessOftenWhileThereIsNothing() {
        // Given
        var pace = new PollBackoff(Duration.ofMillis(5), Duration.ofMillis(30));

        // When
        var first = pace.afterFind();

        // Then
        assertEquals(5, first);
        assertEquals(5, pace.afterNothing());
        assertEquals(10, pace.afterNothing());
        assertEquals(20, pace.afterNothing());
        assertEquals(30, pace.afterNothing());
        assertEquals(30, pace.afterNothing());
    }
}
