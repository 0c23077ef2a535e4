package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A start that has no end, and starts that are told to end before they are over. */
class EndedStartIT {

    private static final Duration GRACE = Duration.ofSeconds(Torture.times(10, 50)); // A database is made in it.

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    private Path folder;

    @Test
    void aStartThatTakesTooLongGivesUpAndSaysWhatToDo() {
        try (var database = TestDatabase.fresh()) {
            // Given
            var holder = holdMigrations(database);

            // When
            try (var process = start(database, "--start.timeout=1500ms")) {
                var code = process.exitCode(Waiting.LIMIT);

                // Then
                assertThat(code).as(process.output()).isEqualTo(1);
                assertThat(process.output().lines())
                        .contains(
                                "skelly: start.timeout: the node has not started within 1.5s (expected: to be ready by"
                                        + " then; for a large log run skelly migrate first, or allow more)");
            }
            Waiting.on(holder.close());
        }
    }

    @Test
    void aStartThatIsToldToEndWhileItMigratesEnds() {
        try (var database = TestDatabase.fresh()) {
            // Given
            var holder = holdMigrations(database);
            try (var process = start(database, "--start.timeout=10m")) {
                await().until(() -> waiting(database) > 0);

                // When
                process.terminate();
                var code = process.exitCode(Waiting.LIMIT);

                // Then
                assertThat(code).as(process.output()).isZero();
                assertThat(process.output()).doesNotContain("ERROR", "did not start");
            }
            Waiting.on(holder.close());
        }
    }

    @Test
    void aStartThatIsToldToEndWhileItMakesItsDatabaseLeavesNothingRunning() throws IOException {
        // Given
        try (var process = SkellyProcess.start(
                folder, "making", List.of("--http.port=0", "--shutdown.grace=" + GRACE.toSeconds() + "s"))) {
            await().until(() -> Files.exists(folder.resolve("skelly-data/postgres")));

            // When
            process.terminate();
            var code = process.exitCode(Waiting.LIMIT);

            // Then
            assertThat(code).as(process.output()).isZero();
            assertThat(process.children()).noneMatch(ProcessHandle::isAlive);
            assertThat(process.output()).doesNotContain("skelly ready");
        }
        try (var again = SkellyProcess.start(folder, "again", List.of("--http.port=0"))) {
            again.awaitReady();
        }
    }

    /* A node asks this table first whether there is anything to migrate. */
    private static SqlConnection holdMigrations(TestDatabase database) {
        return Waiting.on(database.pool()
                .getConnection()
                .compose(connection -> connection
                        .query("begin; lock table migration_done in access exclusive mode")
                        .execute()
                        .map(locked -> connection)));
    }

    private static int waiting(TestDatabase database) {
        return Waiting.on(database.pool()
                .query("select count(*)::int from pg_locks where not granted and relation = 'migration_done'::regclass")
                .execute()
                .map(rows -> rows.iterator().next().getInteger(0)));
    }

    private SkellyProcess start(TestDatabase database, String... more) {
        var at = database.address();
        var flags = new ArrayList<>(List.of(
                "--http.port=0",
                "--roles=http,persistence",
                "--shutdown.grace=" + GRACE.toSeconds() + "s",
                "--db.url=postgresql://127.0.0.1:" + at.port() + "/" + at.database(),
                "--security.unsealed-keys=true",
                "--db.user=" + at.user(),
                "--db.password=" + at.password()));
        flags.addAll(List.of(more));
        return SkellyProcess.start(folder, "run", flags);
    }
}
