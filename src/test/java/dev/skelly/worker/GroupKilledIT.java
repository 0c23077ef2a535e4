package dev.skelly.worker;

import static dev.skelly.worker.GroupStage.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.broker.BrokerAddress;
import dev.skelly.testing.ChaosProxy;
import dev.skelly.testing.SkellyProcess;
import io.vertx.core.Promise;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node is killed at each step of a group. */
class GroupKilledIT {

    private static final int EVENTS = 40; // Fewer than the window.

    private GroupStage stage;

    @BeforeEach
    void open() {
        stage = new GroupStage(true);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void countsNoAttemptWhenItsNodeDiesInTheClaim() {
        // Given
        stage.handOver(EVENTS);

        // When
        var lock = stage.lock("work_group", "access exclusive");
        var node = stage.process(false, false);
        stage.awaitBlocked("delete from work_group where id = $1");
        node.kill();
        lock.close();
        stage.work(false, LampFeature::noted);

        // Then
        stage.doneOnce(EVENTS, 0);
        assertThat(stage.fixture().deliveries()).hasSize(EVENTS).allMatch(delivery -> delivery.attempt() == 1);
    }

    @Test
    void countsOneAbandonedAttemptWhenItsNodeDiesInTheWork() {
        // Given
        stage.handOver(EVENTS);
        var node = stage.process(false, true);
        stage.awaitClaimed();

        // When
        node.kill();
        stage.awaitQuiet();
        var claimed = stage.claimed();
        var go = Promise.<Void>promise();
        stage.work(
                false,
                delivery -> delivery.attempt() == 1
                        ? LampFeature.noted(delivery)
                        : go.future().compose(gone -> LampFeature.noted(delivery)));

        // Then
        await().until(() -> stage.number("select count(*) from inbox") == claimed
                && stage.number("select count(*) from work_done") == EVENTS - claimed);
        assertThat(stage.number("select count(*) from inbox where jsonb_array_length(errors) = 1"
                        + " and errors->0->>'error' = 'abandoned' and errors->0->>'node' = 'process'"))
                .isEqualTo(claimed);
        go.complete();
        stage.doneOnce(EVENTS, 0);
        assertThat(stage.fixture().deliveries())
                .hasSize(EVENTS)
                .filteredOn(delivery -> delivery.attempt() == 2)
                .hasSize((int) claimed);
    }

    @ParameterizedTest(name = "commands only: {0}")
    @ValueSource(booleans = {false, true})
    void leavesNothingOfATransactionWhoseNodeDied(boolean commandsOnly) {
        // Given
        stage.handOver(EVENTS);

        // When
        var lock = stage.lock("effect", "share");
        var node = stage.process(commandsOnly, false);
        stage.awaitBlocked("insert into effect");
        assertThat(stage.number("select count(*) from pg_locks l join pg_stat_activity a using (pid)"
                        + " where l.relation = 'work_done'::regclass and l.mode = 'RowExclusiveLock' and l.granted"
                        + " and a.wait_event_type = 'Lock'"))
                .as("transactions that have recorded the events as done")
                .isPositive();
        node.kill();
        lock.close();
        stage.awaitQuiet();
        var claimed = (int) stage.claimed();
        assertThat(stage.fixture().effects() + stage.fixture().done()).isZero();
        assertThat(claimed > 0).isNotEqualTo(commandsOnly);
        stage.work(commandsOnly, LampFeature::noted);

        // Then
        stage.doneOnce(EVENTS, 0);
        assertThat(stage.fixture().deliveries())
                .hasSize(EVENTS)
                .filteredOn(delivery -> delivery.attempt() == 2)
                .hasSize(claimed);
    }

    @ParameterizedTest(name = "commands only: {0}")
    @ValueSource(booleans = {false, true})
    void hasNoSecondEffectWhenItsNodeDiesBeforeTheSettlement(boolean commandsOnly) {
        // Given
        stage.handOver(EVENTS);
        var broker = stage.fixture().broker().address();
        try (var proxy = new ChaosProxy(broker.port())) {
            var through = new BrokerAddress(broker.host(), proxy.port(), broker.user(), broker.password());

            // When
            var node = commitSilently(commandsOnly, proxy, through);
            assertThat(stage.fixture().broker().messages(QUEUE)).isEqualTo(EVENTS);
            node.kill();
        }
        stage.work(commandsOnly, LampFeature::noted);

        // Then
        stage.doneOnce(EVENTS, 0);
        if (!commandsOnly) { // Else the work is repeated where the broker did not count the delivery, but not its
            // effect.
            assertThat(stage.fixture().deliveries()).isEmpty();
        }
    }

    private SkellyProcess commitSilently(boolean commandsOnly, ChaosProxy proxy, BrokerAddress through) {
        var lock = stage.lock("effect", "share");
        var node = stage.process(commandsOnly, false, through);
        stage.awaitBlocked("insert into effect");
        await().until(() -> stage.fixture().broker().delivering(QUEUE) == EVENTS);
        proxy.silenceClient(true);
        lock.close();
        await().until(() -> stage.number("select count(*) from work_done") == EVENTS);
        return node;
    }
}
