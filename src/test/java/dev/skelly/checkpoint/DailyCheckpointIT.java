package dev.skelly.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.eventlog.ChainCheckpoint;
import dev.skelly.eventlog.CheckpointFile;
import dev.skelly.eventlog.HashChainVerifier;
import dev.skelly.eventlog.VerificationReport;
import dev.skelly.testing.LampEvent;
import dev.skelly.testing.Lamps;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.MovableClock;
import dev.skelly.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DailyCheckpointIT {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-31T23:59:30Z"));
    private final TestDatabase database = TestDatabase.fresh();

    @TempDir
    @SuppressWarnings("NullAway.Init") // given before each test
    private Path folder;

    @AfterEach
    void close() {
        database.close();
    }

    private Path file() {
        return CheckpointConfig.DEFAULT.file(folder.resolve("data"));
    }

    /* A leader of its own, as after each election. */
    private DailyCheckpoint leader() {
        return new DailyCheckpoint(database.vertx(), new CheckpointFile(file()), clock);
    }

    private void round() {
        Waiting.on(leader().round(database.pool()));
    }

    private void stamp(int events) {
        new Lamps(database.pool(), LampEvent.eventTypes(), seq -> {}).light(events);
        database.execute("select count(*) from stamp_events(0, 0, 1000, 10000000)");
    }

    private VerificationReport walk() {
        var address = database.address();
        return new HashChainVerifier(address.jdbcUrl(), address.user(), address.password(), (type, time) -> false)
                .walk(1, Long.MAX_VALUE, new CheckpointFile(file()).seals());
    }

    @Test
    void notesTheHeadOnceADayWhoeverLeads() {
        // Given
        stamp(3);

        // When
        round();
        stamp(2);
        round();
        clock.pass(Duration.ofMinutes(1));
        round();
        round();

        // Then
        var seals = new CheckpointFile(file()).seals();
        assertThat(seals).extracting(seal -> seal.head().position()).containsExactly(3L, 5L);
        assertThat(seals)
                .extracting(ChainCheckpoint::time)
                .map(Instant::toString)
                .containsExactly("2026-01-31T23:59:30Z", "2026-02-01T00:00:30Z");
        assertThat(walk().broken()).isEmpty();
    }

    @Test
    void notesNothingOfAnEmptyLog() {
        round();

        assertThat(file()).doesNotExist();
        assertThat(Waiting.on(leader().take(database.pool()))).isEmpty();
    }

    @Test
    void holdsALogAgainstItThatWasComputedAnew() {
        // Given
        stamp(3);
        round();

        // When: somebody changes the past and has the chain laid again, flawlessly
        database.execute("update event set data = '{}' where position = 2");
        database.execute("update event set position = null, hash = null");
        database.execute("select count(*) from stamp_events(0, 0, 1000, 10000000)");

        // Then
        var broken = walk().broken().orElseThrow();
        assertThat(broken.position()).isEqualTo(3);
        assertThat(broken.what()).contains("seal of 2026-01-31T23:59:30Z");
    }

    @Test
    void triesAgainWhereTheFileCannotBeWritten() throws IOException {
        // Given
        stamp(1);
        var inTheWay = Files.writeString(folder.resolve("data"), "a file where the folder is to be");

        // When
        assertThat(Waiting.failure(leader().round(database.pool()))).isInstanceOf(UncheckedIOException.class);
        Files.delete(inTheWay);
        round();

        // Then
        assertThat(new CheckpointFile(file()).seals()).hasSize(1);
    }

    @Test
    void aTornLineIsNoSealAndNoneIsTakenOverIt() throws IOException {
        // Given
        stamp(1);
        round();
        var whole = Files.readString(file());
        Files.writeString(file(), whole.substring(0, whole.length() - 20));
        clock.pass(Duration.ofDays(1));

        // Then
        assertThat(Waiting.failure(leader().round(database.pool())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: time, epoch, position and hash");
    }
}
