package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Torture;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The node that leads the relay is killed under load (catalogue A-01). */
class LeaderKilledIT {

    private static final Duration TAKEOVER_WITHIN = Duration.ofSeconds(5);

    private final Pace pace = Pace.now();

    @Test
    void peerTakesOverAndNothingIsLostOrDoubled(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        try (var stage = Stage.set(folder, 2)) {
            // Given
            var leader = stage.awaitLeader();
            stage.crowd().work(pace.changesPerSecond());
            Stage.forAWhile(pace.load().dividedBy(2));

            // When
            var killed = System.nanoTime();
            stage.kill(leader);
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(25))
                    .until(() -> stage.leader().isPresent());
            var takeover = Duration.ofNanos(System.nanoTime() - killed);
            stage.awaitReaders();
            var resumed = Duration.ofNanos(System.nanoTime() - killed);
            Stage.forAWhile(pace.load().dividedBy(2));
            var verdict = stage.settle();

            // Then
            stage.report(
                    "leader killed",
                    "\"takeoverMs\":" + takeover.toMillis() + ",\"streamsResumedMs\":" + resumed.toMillis(),
                    verdict);
            assertThat(verdict.green()).as(verdict.toString()).isTrue();
            Torture.promise("leader killed", takeover, TAKEOVER_WITHIN);
        }
    }
}
