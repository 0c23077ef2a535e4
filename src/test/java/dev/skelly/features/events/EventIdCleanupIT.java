package dev.skelly.features.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.Waiting;
import dev.skelly.testkit.MovableClock;
import dev.skelly.testkit.TestDatabase;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventIdCleanupIT {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T00:00:00Z"));
    private final TestDatabase database = TestDatabase.fresh();
    private final EventIdCleanup sweep = new EventIdCleanup(EventsConfig.DEFAULT, clock);

    @AfterEach
    void close() {
        database.close();
    }

    private void keys(int number, String time) {
        database.execute("insert into event_key (id, digest, time) select gen_random_uuid(), 'd', '" + time
                + "' from generate_series(1, " + number + ")");
    }

    private int left() {
        return Waiting.on(database.pool()
                        .query("select count(*)::int from event_key")
                        .execute())
                .iterator()
                .next()
                .getInteger(0);
    }

    @Test
    void forgetsAllThatAreOldEnoughAndNoOther() {
        keys(EventIdTable.ROWS_MAX + 3, "2026-01-29T23:59:59Z");
        keys(2, "2026-01-30T00:00:00Z");

        Waiting.on(sweep.round(database.pool()));

        assertThat(left()).isEqualTo(2);
    }

    @Test
    void aRoundThatFailsIsToldAndTheNextOneDoesTheWork() {
        // Given
        keys(3, "2026-01-01T00:00:00Z");
        database.execute("alter table event_key rename to elsewhere");

        // When
        assertThat(Waiting.failure(sweep.round(database.pool()))).hasMessageContaining("event_key");
        database.execute("alter table elsewhere rename to event_key");
        assertThat(left()).isEqualTo(3);
        Waiting.on(sweep.round(database.pool()));

        // Then
        assertThat(left()).isZero();
    }
}
