package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Torture;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A node that does not lead is killed under load; its readers come back to the other one with their last event id (catalogue A-02). */
class StandbyKilledIT {

    private static final Duration BACK_WITHIN = Duration.ofSeconds(5);

    private final Pace pace = Pace.now();

    @Test
    void readersResumeOnTheOtherNodeAndMissNothing(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        try (var stage = Stage.set(folder, 2)) {
            // Given
            stage.everybodyReads();
            var standby = stage.awaitStandby();
            var moving = stage.readers().stream()
                    .filter(reader -> reader.readsFrom(standby.url()))
                    .toList();
            var staying = stage.readers().stream()
                    .filter(reader -> !moving.contains(reader))
                    .toList();
            stage.crowd().work(pace.changesPerSecond());
            Stage.forAWhile(pace.load().dividedBy(2));

            // When
            stage.kill(standby);
            await().until(() -> moving.stream().noneMatch(reader -> reader.readsFrom(standby.url())));
            stage.awaitReaders();
            Stage.forAWhile(pace.load().dividedBy(2));
            var verdict = stage.settle();

            // Then
            var absences = Percentiles.of(moving.stream()
                    .flatMap(reader -> reader.absences().stream())
                    .toList());
            stage.report("standby killed", "\"moved\":" + moving.size() + ",\"absence\":" + absences, verdict);
            assertThat(verdict.green()).as(verdict.toString()).isTrue();
            assertThat(moving).isNotEmpty().allMatch(reader -> reader.connections() > 1);
            assertThat(staying).isNotEmpty().allMatch(reader -> reader.connections() == 1);
            Torture.promise("99 % of the readers are back", absences.at(0.99), BACK_WITHIN);
        }
    }
}
