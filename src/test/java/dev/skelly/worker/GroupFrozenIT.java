package dev.skelly.worker;

import static dev.skelly.worker.GroupStage.CLAIMED_MAX;
import static dev.skelly.worker.GroupStage.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node stands still at a step of a group for longer than its claim, another one takes over, and the first goes on as if nothing had been. */
class GroupFrozenIT {

    private static final int MORE = 20;
    private static final int EVENTS = WINDOW + MORE; // The first node's window, and some for the other node.

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
    void findsItsClaimGoneAfterTheWork() {
        // Given
        stage.handOver(EVENTS);
        var node = stage.process(false, true);
        stage.awaitClaimed();
        node.freeze();
        var claimed = (int) stage.claimed();

        // When
        stage.work(false, LampFeature::noted);
        await().until(() -> stage.number("select count(*) from work_done") == claimed + MORE);
        node.tell("go on");
        node.thaw();

        // Then
        stage.doneOnce(EVENTS, 0);
        assertThat(stage.number("select count(*) from effect where attempt = 2"))
                .isEqualTo(claimed);
        assertThat(stage.fixture().deliveries())
                .hasSize(claimed + MORE)
                .filteredOn(delivery -> delivery.attempt() == 2)
                .hasSize(claimed);
    }

    @Test
    void keepsOthersFromClaimingNoLongerThanItsTransactionMayLast() {
        // Given
        stage.handOver(EVENTS);
        var lock = stage.lock("work_group", "access exclusive");
        var node = stage.process(false, false);
        stage.awaitBlocked("delete from work_group where id = $1");

        // When
        node.freeze();
        lock.close();
        stage.work(false, LampFeature::noted);
        await().until(() -> stage.number("select count(*) from work_done") == MORE);
        node.thaw();

        // Then
        stage.doneOnce(EVENTS, 0);
        assertThat(stage.number("select count(*) from effect where attempt = 1"))
                .as("events without an abandoned attempt")
                .isEqualTo(EVENTS);
    }

    @Test
    void losesItsTransactionWithItsClaim() {
        // Given
        stage.handOver(EVENTS);
        var lock = stage.lock("effect", "share");
        var node = stage.process(false, false);
        stage.awaitBlocked("insert into effect");

        // When
        node.freeze();
        lock.close();
        stage.work(false, LampFeature::noted);
        await().until(() -> stage.claimed() == 0 && stage.number("select count(*) from work_done") > MORE);
        node.thaw();

        // Then
        stage.doneOnce(EVENTS, 0);
        assertThat(stage.number("select count(*) from effect where attempt = 2"))
                .isBetween(1L, 2L * CLAIMED_MAX);
    }
}
