package dev.skelly.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testkit.TestDatabase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TestDatabaseIT {

    private static final Duration ANSWER_TIME_MAX = Waiting.LIMIT;

    @Test
    void givesAMigratedDatabaseOfItsOwn() throws Exception {
        try (var one = TestDatabase.fresh();
                var other = TestDatabase.fresh()) {
            // Given
            one.execute("create table mine (word text)");

            // When
            var tables = other.pool()
                    .query("select relname from pg_class where relname in ('mine', 'event')")
                    .execute()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(ANSWER_TIME_MAX.toSeconds(), TimeUnit.SECONDS);

            // Then
            assertThat(tables)
                    .hasSize(1)
                    .first()
                    .satisfies(row -> assertThat(row.getString(0)).isEqualTo("event"));
        }
    }
}
