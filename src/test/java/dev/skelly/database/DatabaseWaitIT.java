package dev.skelly.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.skelly.LogLines;
import dev.skelly.testing.ChaosProxy;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** A start waits for a database that comes later, and for nothing that waiting does not change. */
@ExtendWith(VertxExtension.class)
final class DatabaseWaitIT {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(DatabaseWait.class);

    @AfterEach
    void beQuiet() {
        LOGGER.setLevel(null);
    }

    @Test
    void waitsForADatabaseThatComesLater(Vertx vertx) {
        try (var database = TestDatabase.fresh();
                var way = new ChaosProxy(database.address().port());
                var lines = new LogLines()) {
            // Given
            LOGGER.setLevel(Level.INFO);
            way.refuse(true);

            // When
            var waiting = begin(
                    vertx,
                    through(database.address(), way.port(), database.address().password()),
                    60);
            await().until(() -> lines.text().contains("waiting for the database"));

            // Then
            assertThat(waiting.isComplete()).isFalse();
            assertThat(lines.text()).doesNotContain("WARN").doesNotContain("Exception:");
            way.refuse(false);
            Waiting.on(waiting);
        }
    }

    @Test
    void doesNotWaitForAnotherPassword(Vertx vertx) {
        try (var database = TestDatabase.fresh()) {
            // When
            var at = database.address();
            var refused = begin(vertx, through(at, at.port(), "not the password"), 3_600);

            // Then
            await().until(refused::isComplete);
            assertThat(refused.cause()).isInstanceOf(PgException.class).hasMessageContaining("password");
        }
    }

    @Test
    void givesUpAfterItsTime(Vertx vertx) {
        try (var database = TestDatabase.fresh();
                var way = new ChaosProxy(database.address().port())) {
            // Given
            way.refuse(true);

            // When
            var waiting = begin(vertx, through(database.address(), way.port(), ""), 0);

            // Then
            await().until(waiting::isComplete);
            assertThat(waiting.failed()).isTrue();
        }
    }

    private static Future<Void> begin(Vertx vertx, DatabaseAddress at, int seconds) {
        var pool = ConnectionPools.single(vertx, at, DatabaseConfig.DEFAULT, "skelly-test");
        return DatabaseWait.until(vertx, pool, at, Duration.ofSeconds(seconds));
    }

    private static DatabaseAddress through(DatabaseAddress at, int port, String password) {
        return new DatabaseAddress(at.host(), port, at.database(), at.user(), password, false);
    }
}
