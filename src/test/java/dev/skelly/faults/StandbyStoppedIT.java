package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.Torture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node that does not lead stands still, with all its connections open, and then goes on (catalogue A-07). In the torture the others give
 * it up meanwhile, as they do after 20 s, so that it has to join again; in the suite it is only late.
 */
class StandbyStoppedIT {

    private static final Duration STANDSTILL = Duration.ofSeconds(Torture.times(90, 3));
    private static final Duration BUS_WITHIN = Duration.ofSeconds(60);

    private final Pace pace = Pace.now();

    @Test
    void nodeJoinsAgainAndHearsEverything(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        BusProbe.declare(folder);
        try (var stage = Stage.empty(folder, 2)) {
            // Given
            stage.startNode(0, List.of());
            stage.startNode(1, List.of());
            stage.populate();
            var leader = stage.awaitLeader();
            var standby = stage.awaitStandby();
            var person = stage.crowd().people().get(0);
            try (var before = new BusProbe(stage, person)) {
                before.awaitAll();
            }
            stage.crowd().work(pace.changesPerSecond() / 2);

            // When
            stage.api().nodes(List.of(leader.url()));
            standby.process().freeze();
            Stage.forAWhile(STANDSTILL);
            standby.process().thaw();
            var went = System.nanoTime();
            Duration bus;
            try (var after = new BusProbe(stage, person)) {
                after.awaitAll();
                bus = Duration.ofNanos(System.nanoTime() - went);
            }
            var verdict = stage.settle();

            // Then
            stage.report("standby stopped", "\"busMs\":" + bus.toMillis(), verdict);
            assertThat(verdict.green()).as(verdict.toString()).isTrue();
            Torture.promise("a stopped node hears everything again", bus, BUS_WITHIN);
        }
    }
}
