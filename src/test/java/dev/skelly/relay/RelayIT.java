package dev.skelly.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.broker.CloudEventMessage;
import dev.skelly.bus.BusChannels;
import dev.skelly.bus.ChannelBuckets;
import dev.skelly.bus.ChannelInterest;
import dev.skelly.bus.LiveBatch;
import dev.skelly.event.StoredEvent;
import dev.skelly.testing.LampEvent;
import dev.skelly.testing.Waiting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the leader makes of the log: positions, live batches, messages. */
class RelayIT extends OnRelay {

    @Test
    void givesDensePositionsInTheOrderOfEachSubject() {
        // Given
        node("a").start();

        // When
        for (var round = 0; round < 5; round++) {
            lamps.light(50);
        }

        // Then
        await().until(() -> lamps.head() == 250);
        var all = lamps.all();
        assertThat(all)
                .extracting(StoredEvent::position)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 250).boxed().toList());
        all.stream()
                .map(StoredEvent::subject)
                .distinct()
                .forEach(subject -> assertThat(all.stream()
                                .filter(event -> event.subject().equals(subject))
                                .map(StoredEvent::subjectVersion))
                        .containsExactly(1L, 2L, 3L, 4L, 5L));
    }

    @Test
    void sendsANodeAChainOfBatchesOfItsBuckets() {
        // Given
        var node = node("a").start();
        var batches = Collections.synchronizedList(new ArrayList<LiveBatch>());
        Waiting.on(node.bus()
                .subscribe(BusChannels.LIVE.at("reader"), batches::add)
                .completion());
        node.bus()
                .publish(
                        BusChannels.INTEREST,
                        new ChannelInterest("reader", 7, List.of(ChannelBuckets.of("public")), false));

        // When
        lamps.light(30);
        Waiting.on(lamps.append(new LampEvent.Failed("1", "broken")));
        lamps.light(30);

        // Then
        await().until(() ->
                !batches.isEmpty() && batches.get(batches.size() - 1).to() == 61);
        var head = 0L;
        var events = 0;
        for (var batch : batches) {
            assertThat(batch.from()).isEqualTo(head);
            assertThat(batch.interest()).isEqualTo(7);
            assertThat(batch.events()).noneMatch(event -> event.type().equals("lamp.failed"));
            head = batch.to();
            events += batch.events().size();
        }
        assertThat(events).isEqualTo(60);
    }

    @Test
    void handsEachEventToTheBrokerOnceAcrossABrokerRestart() {
        // Given
        var node = node("a").start();
        await().until(() -> node.relay().leads());
        lamps.light(200);
        await().until(() -> checkpoint() == 200);

        // When
        broker.stop();
        lamps.light(100);
        Waiting.on(lamps.append(new LampEvent.Failed("1", "broken")));
        await().until(() -> lamps.head() == 301);
        assertThat(checkpoint()).isEqualTo(200);
        broker.startAgain();

        // Then
        await().until(() -> checkpoint() == 301);
        try (var queue = queue().receive()) {
            await().until(() -> queue.received().size() >= 300);
            var ids = queue.received().stream().map(message -> message.id()).toList();
            assertThat(new HashSet<>(ids)).hasSize(300);
            assertThat(ids).hasSize(300);
            assertThat(queue.received()).allMatch(message -> message.isDurable());
        }
    }

    @Test
    void isNotTakenTwiceByTheBrokerWhenItSendsAgain() throws CloudEventMessage.Unreadable {
        // Given
        var first = node("a").start();
        await().until(() -> first.relay().leads());
        lamps.light(50);
        await().until(() -> checkpoint() == 50);
        first.stop();

        // When
        database.execute("update relay_checkpoint set position = 0");
        var second = node("b").start();
        await().until(() -> second.relay().leads() && checkpoint() == 50);
        lamps.light(1);
        await().until(() -> checkpoint() == 51);

        // Then
        try (var queue = queue().receive()) {
            await().until(() -> queue.received().size() >= 51);
            assertThat(queue.received()).hasSize(51);
            var event = CloudEventMessage.read(queue.received().get(50).unwrap());
            assertThat(event.position()).isEqualTo(51);
            assertThat(event.type()).isEqualTo("lamp.lit");
        }
    }
}
