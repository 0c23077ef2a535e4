package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** One of two nodes is asked to end, under load (catalogue A-27). */
class DrainIT {

    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Pace pace = Pace.now();

    @Test
    void nodeSaysGoodbyeAndEndsWithinItsGrace(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        try (var stage = Stage.set(folder, 2)) {
            // Given
            var leaving = stage.awaitLeader();
            var staying = stage.awaitStandby();
            stage.crowd().work(pace.changesPerSecond() / 4);
            Stage.forAWhile(pace.load().dividedBy(4));
            assertThat(status(stage, leaving)).isEqualTo(200);

            // When
            stage.api().nodes(List.of(staying.url()));
            await().until(() -> stage.api().answered(leaving.url())); // What comes to it now is turned away.
            var asked = System.nanoTime();
            leaving.process().terminate();
            var unready = await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> status(stage, leaving), status -> status != 200);
            var code = leaving.process().exitCode(Waiting.LIMIT);
            var ended = Duration.ofNanos(System.nanoTime() - asked);
            stage.awaitReaders();
            var verdict = stage.settle();

            // Then
            stage.report("drain", "\"endedMs\":" + ended.toMillis(), verdict);
            assertThat(unready).as("the first answer that is not 200").isEqualTo(503);
            assertThat(code).isZero();
            Torture.promise("drain", ended, GRACE);
            assertThat(stage.readers())
                    .filteredOn(reader -> reader.connections() > 1)
                    .isNotEmpty()
                    .allMatch(reader -> reader.byes().equals(List.of("drain")));
            assertThat(stage.crowd().answers().keySet()).as("REST answers").allMatch(status -> status / 100 == 2);
            assertThat(verdict.green()).as(verdict.toString()).isTrue();
        }
    }

    /* 0 once the port is closed. */
    private static int status(Stage stage, Stage.Node node) {
        try {
            return stage.api().get(node.url(), "/health/ready").statusCode();
        } catch (IOException e) {
            return 0;
        }
    }
}
