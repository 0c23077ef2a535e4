package dev.skelly.worker;

import static org.awaitility.Awaitility.await;

import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The broker or the database goes away in the middle of many groups. */
class GroupOutageIT {

    private static final int EVENTS = 5_000;
    private static final int BEFORE = 1_000;

    private final Promise<Void> away = Promise.promise();
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
    void hasOneEffectOfEachEventAlthoughTheBrokerWasAway(boolean commandsOnly) {
        // Given
        stage.handOver(EVENTS);
        stage.work(commandsOnly, this::work);
        await().until(() -> stage.fixture().handled() >= BEFORE);

        // When
        stage.fixture().broker().stop();
        away.complete();
        stage.fixture().broker().startAgain();

        // Then
        stage.doneOnce(EVENTS, 0);
    }

    @ParameterizedTest(name = "commands only: {0}")
    @ValueSource(booleans = {false, true})
    void hasOneEffectOfEachEventAlthoughTheDatabaseWasAway(boolean commandsOnly) {
        // Given
        stage.handOver(EVENTS);
        stage.work(commandsOnly, this::work);
        await().until(() -> stage.fixture().handled() >= BEFORE);

        // When
        var name = stage.fixture().database().address().database();
        var end = "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'";
        try (var elsewhere = TestDatabase.fresh()) {
            elsewhere.execute("alter database " + name + " allow_connections false");
            elsewhere.execute(end);
            away.complete();
            await().during(Duration.ofSeconds(1)).until(() -> stage.fixture().handled() < EVENTS);
            elsewhere.execute("alter database " + name + " allow_connections true");
            for (var handled = 2 * BEFORE; handled < EVENTS; handled += BEFORE) {
                var enough = handled;
                await().until(() -> stage.fixture().handled() >= enough);
                elsewhere.execute(end); // In the middle of transactions, whose outcome the node then does not know.
            }
        }

        // Then
        stage.doneOnce(EVENTS, 0);
    }

    /* Stands still in the middle until the outage has begun. */
    private Future<WorkResult> work(EventDelivery delivery) {
        return stage.fixture().handled() < BEFORE || away.future().isComplete()
                ? LampFeature.noted(delivery)
                : away.future().compose(gone -> LampFeature.noted(delivery));
    }
}
