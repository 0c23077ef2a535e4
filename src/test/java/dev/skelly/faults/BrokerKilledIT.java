package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Waiting;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The broker is killed under load and comes back later (catalogue A-09). */
class BrokerKilledIT {

    private final Pace pace = Pace.now();

    @Test
    void restAndStreamsGoOnAndWorkIsCaughtUp(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        try (var stage = Stage.set(folder, 1)) {
            // Given
            stage.crowd().work(pace.changesPerSecond());
            Stage.forAWhile(pace.load().dividedBy(3));

            // When
            stage.crowd().answers().clear();
            stage.services().killBroker();
            var reader = stage.readers().get(0);
            var seen = stage.crowd()
                    .change(stage.crowd().people().get(0), -2)
                    .orTimeout(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
            await().until(() -> reader.saw(seen));
            Stage.forAWhile(pace.outage());
            stage.services().restartBroker();
            Stage.forAWhile(pace.load().dividedBy(3));
            var verdict = stage.settle();

            // Then
            stage.report("broker killed", "\"outageMs\":" + pace.outage().toMillis(), verdict);
            assertThat(verdict.green()).as(verdict.toString()).isTrue();
            assertThat(stage.crowd().answers().keySet()).as("REST answers").allMatch(status -> status / 100 == 2);
            assertThat(stage.readers()).allMatch(each -> each.connections() == 1);
        }
    }
}
