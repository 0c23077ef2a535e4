package dev.skelly.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skelly.bus.ChannelBuckets;
import dev.skelly.bus.ChannelInterest;
import dev.skelly.event.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LiveFanOutTest {

    private static final long LIFE = 15;

    private final LiveFanOut fan = new LiveFanOut(LIFE);

    @Test
    void sendsANodeOnlyWhatIsInItsBuckets() {
        // Given
        fan.heard(interest("a", 7, "user:1"), 0);

        // When
        var sent = fan.fan(4, 6, List.of(event(5, "user:1", 10), event(6, "user:2", 10)), 1);

        // Then
        assertEquals(1, sent.size());
        var batch = sent.get(0).batch();
        assertEquals("a", sent.get(0).node());
        assertEquals(4, batch.from());
        assertEquals(6, batch.to());
        assertEquals(7, batch.interest());
        assertEquals(
                List.of(5L), batch.events().stream().map(StoredEvent::position).toList());
    }

    @Test
    void movesTheHeadOfANodeForWhichThereIsNothing() {
        // Given
        fan.heard(interest("a", 1, "user:1"), 0);

        // When
        var sent = fan.fan(4, 5, List.of(event(5, "user:2", 10)), 1);

        // Then
        assertEquals(5, sent.get(0).batch().to());
        assertTrue(sent.get(0).batch().events().isEmpty());
    }

    @Test
    void sendsNothingToANodeWithoutReadersThatLeftOrFellSilent() {
        // Given
        fan.heard(interest("none", 1), 0);
        fan.heard(interest("leaving", 1, "public"), 0);
        fan.heard(new ChannelInterest("leaving", 2, List.of(), true), 1);
        fan.heard(interest("silent", 1, "public"), 0);

        // When
        var sent = fan.fan(0, 1, List.of(event(1, "public", 10)), LIFE + 1);

        // Then
        assertEquals(List.of(), sent);
    }

    @Test
    void splitsALongBatchIntoAChain() {
        // Given
        fan.heard(interest("a", 1, "public"), 0);
        var events = new ArrayList<StoredEvent>();
        for (var position = 1; position <= 30; position++) {
            events.add(event(position, position % 2 == 0 ? "public" : "user:1", LiveFanOut.BATCH_CHARS_MAX / 4));
        }

        // When
        var sent = fan.fan(0, 30, events, 1);

        // Then
        assertTrue(sent.size() > 1);
        var head = 0L;
        var seen = new ArrayList<Long>();
        for (var addressed : sent) {
            assertEquals(head, addressed.batch().from());
            head = addressed.batch().to();
            for (var event : addressed.batch().events()) {
                assertTrue(event.position() > addressed.batch().from() && event.position() <= head);
                seen.add(event.position());
            }
        }
        assertEquals(30, head);
        assertEquals(15, seen.size());
    }

    private static ChannelInterest interest(String node, long version, String... channels) {
        return new ChannelInterest(
                node,
                version,
                List.of(channels).stream().map(ChannelBuckets::of).toList(),
                false);
    }

    private static StoredEvent event(long position, String channel, int chars) {
        var id = new UUID(0, position);
        return new StoredEvent(
                position,
                id,
                "a.b",
                1,
                "/skelly/a",
                "a:1",
                position,
                null,
                id,
                null,
                Instant.EPOCH,
                List.of(channel),
                "x".repeat(chars),
                null);
    }
}
