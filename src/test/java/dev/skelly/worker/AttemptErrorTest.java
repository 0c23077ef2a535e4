package dev.skelly.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptErrorTest {

    @Test
    void keepsAMessageShortAndWithoutWhatTheDatabaseRefuses() {
        // When
        var error = AttemptError.of(Instant.EPOCH, "a", 1, new IllegalStateException("nul \0 " + "x".repeat(10_000)));

        // Then
        assertEquals("java.lang.IllegalStateException", error.error());
        assertTrue(error.message().startsWith("nul   x"));
        assertTrue(error.message().length() < 510);
    }
}
