package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Torture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The leader stands still, with all its connections open, and then goes on (catalogue A-04). */
class LeaderStoppedIT {

    private static final Duration TAKEOVER_WITHIN = Duration.ofSeconds(5);

    private final Pace pace = Pace.now();

    @Test
    void formerLeaderWritesNothingWhenItGoesOn(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        try (var stage = Stage.set(folder, 2)) {
            // Given
            var leader = stage.awaitLeader();
            var peer = stage.awaitStandby();
            stage.crowd().work(pace.changesPerSecond());
            Stage.forAWhile(pace.load().dividedBy(3));

            // When
            stage.api().nodes(List.of(peer.url()));
            leader.process().freeze();
            var frozen = System.nanoTime();
            await().pollInterval(Duration.ofMillis(25)).until(() -> stage.leads(peer));
            var takeover = Duration.ofNanos(System.nanoTime() - frozen);
            Stage.forAWhile(pace.standstill());
            leader.process().thaw();
            await().until(() -> !stage.leads(leader));
            Stage.forAWhile(pace.load().dividedBy(3));
            stage.api().nodes(List.of(peer.url(), leader.url()));
            var verdict = stage.settle();

            // Then
            stage.report("leader stopped", "\"takeoverMs\":" + takeover.toMillis(), verdict);
            assertThat(verdict.green()).as(verdict.toString()).isTrue();
            assertThat(stage.leads(peer)).isTrue();
            Torture.promise("leader stopped", takeover, TAKEOVER_WITHIN);
        }
    }
}
