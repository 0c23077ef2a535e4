package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is killed under load, all its processes at once, and comes back later (catalogue A-10). */
class DatabaseKilledIT {

    private static final Duration RECOVERED_WITHIN = Duration.ofSeconds(10);

    private final Pace pace = Pace.now();

    @Test
    void writesAreRefusedForNowAndTheNodeRecoversByItself(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        try (var stage = Stage.set(folder, 1)) {
            // Given
            stage.crowd().work(pace.changesPerSecond());
            Stage.forAWhile(pace.load().dividedBy(3));

            // When
            stage.services().killDatabase();
            var person = stage.crowd().people().get(0);
            var refusal = refusal(stage, person);
            Stage.forAWhile(pace.outage());
            stage.services().restartDatabase();
            var back = System.nanoTime();
            await().pollInterval(Duration.ofMillis(50))
                    .until(() -> stage.crowd()
                            .change(person, -2)
                            .handle((op, failure) -> failure == null)
                            .join());
            var recovery = Duration.ofNanos(System.nanoTime() - back);
            Stage.forAWhile(pace.load().dividedBy(3));
            var verdict = stage.settle();

            // Then
            stage.report(
                    "database killed",
                    "\"outageMs\":" + pace.outage().toMillis() + ",\"recoveryMs\":" + recovery.toMillis(),
                    verdict);
            assertThat(refusal.statusCode()).isEqualTo(503);
            assertThat(refusal.headers().firstValue("Retry-After")).isPresent();
            assertThat(verdict.green()).as(verdict.toString()).isTrue();
            Torture.promise("database killed", recovery, RECOVERED_WITHIN);
            assertThat(stage.crowd().answers().keySet())
                    .as("answers; 0 is none at all")
                    .allMatch(status -> status / 100 == 2 || status == 503);
        }
    }

    private static HttpResponse<String> refusal(Stage stage, Person person) {
        return stage.crowd()
                .tryToChange(UUID.randomUUID(), person, -1)
                .orTimeout(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
