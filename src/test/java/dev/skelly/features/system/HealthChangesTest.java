package dev.skelly.features.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A part fails after three failed checks in a row, and works again at the first good one. */
class HealthChangesTest {

    private final HealthChanges health = new HealthChanges("a");
    private final List<String> told = new ArrayList<>();
    private long second;

    private void check(boolean up) {
        var at = Instant.ofEpochSecond(second++);
        health.of(Map.of("broker", up, "database", true), at)
                .forEach(change -> told.add(
                        change.part() + " " + change.up() + " " + change.since().getEpochSecond()));
    }

    @Test
    void tellsTheBeginningAndTheEndOfAFailure() {
        for (var up : List.of(true, false, false, false, false, true, true)) {
            check(up);
        }

        assertThat(told).containsExactly("broker false 1", "broker true 5");
    }

    @Test
    void saysNothingOfASlowAnswer() {
        for (var up : List.of(false, false, true, false, false, true)) {
            check(up);
        }

        assertThat(told).isEmpty();
    }
}
