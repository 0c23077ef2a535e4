package dev.skelly.relay;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RelayConfigTest {

    @Test
    void refusesALeaseThatGoesStaleBetweenTwoRenewals() {
        // Given
        var shipped = RelayConfig.DEFAULT;

        // When
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> new RelayConfig(
                        shipped.renew(),
                        Duration.ofMillis(600),
                        shipped.look(),
                        shipped.pollMin(),
                        shipped.pollMax(),
                        shipped.gather(),
                        1,
                        1,
                        1,
                        shipped.sendDeadline(),
                        shipped.checkpointEvery(),
                        shipped.checkEvery(),
                        shipped.lostAfter(),
                        shipped.interestLife(),
                        shipped.lagMax()));

        // Then
        assertTrue(String.valueOf(refusal.getMessage()).startsWith("relay.stale: "));
    }
}
