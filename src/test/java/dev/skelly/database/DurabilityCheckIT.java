package dev.skelly.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testkit.TestDatabase;
import io.vertx.core.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DurabilityCheckIT {

    @Test
    void acceptsTheDatabaseInTheJar() {
        try (var database = TestDatabase.fresh()) {
            assertThat(ended(DurabilityCheck.check(database.pool(), false)).succeeded())
                    .isTrue();
        }
    }

    @Test
    void refusesADatabaseThatForgetsUnlessAllowed() {
        try (var database = TestDatabase.fresh()) {
            // Given
            database.execute("alter database " + database.address().database() + " set synchronous_commit = off");

            // When
            var refused = ended(DurabilityCheck.check(database.pool(), false));
            var allowed = ended(DurabilityCheck.check(database.pool(), true));

            // Then
            assertThat(refused.cause())
                    .hasMessage("db.url: synchronous_commit off, so the database may forget what it acknowledged"
                            + " (expected: on, or db.unsafe=true)");
            assertThat(allowed.succeeded()).isTrue();
        }
    }

    private static Future<Void> ended(Future<Void> check) {
        Awaitility.await().until(check::isComplete);
        return check;
    }
}
