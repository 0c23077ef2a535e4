package dev.skelly.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event that ends its process uses its attempts up, although brokers do not always count the delivery. */
class FatalEventIT {

    private static final int EVENTS = 30;
    private static final int FATAL = 7;
    private static final int ATTEMPTS = 3; // As in GroupStage.

    private GroupStage stage;

    @BeforeEach
    void open() {
        stage = new GroupStage(true);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @ParameterizedTest(name = "commands only: {0}")
    @ValueSource(booleans = {false, true})
    void becomesADeadLetterAfterItsAttempts(boolean commandsOnly) {
        // Given
        stage.handOver(EVENTS);

        // When
        var starts = 0;
        while (dead() == 0) {
            starts++;
            var process = stage.fatal(commandsOnly, FATAL);
            await().until(() -> !process.alive() || dead() > 0);
        }

        // Then
        await().until(() -> stage.number("select count(*) from work_done") == EVENTS - 1);
        assertThat(stage.fixture().effects()).isEqualTo(EVENTS - 1);
        assertThat(stage.number("select count(*) from dead_letter where jsonb_array_length(attempts) = " + ATTEMPTS
                        + " and attempts->0->>'error' = 'abandoned' and subject = 'lamp:" + FATAL + "'"))
                .isOne();
        assertThat(starts).isBetween(ATTEMPTS + 1, 3 * ATTEMPTS);
    }

    private long dead() {
        return stage.number("select count(*) from dead_letter");
    }
}
