package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.Torture;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventRingBufferTest {

    private static final int BYTES_MAX = 1 << 20;

    private static List<Long> positions(List<EncodedEvent> entries) {
        return entries.stream().map(EncodedEvent::position).toList();
    }

    private static List<EncodedEvent> entries(long... positions) {
        return LongStream.of(positions).mapToObj(Envelopes::entry).toList();
    }

    @Test
    void handsOutWhatCameAfterAPosition() {
        var ring = new EventRingBuffer(8, BYTES_MAX);
        ring.restart(10);

        ring.append(entries(12, 15, 19), 20);

        assertThat(positions(ring.after(10, 10))).containsExactly(12L, 15L, 19L);
        assertThat(positions(ring.after(12, 10))).containsExactly(15L, 19L);
        assertThat(positions(ring.after(13, 1))).containsExactly(15L);
        assertThat(ring.after(19, 10)).isEmpty();
        assertThat(ring.head()).isEqualTo(20);
        assertThat(ring.floor()).isEqualTo(10);
    }

    @Test
    void dropsTheOldestBeyondItsNumberAndSaysFromWhereItIsWhole() {
        var ring = new EventRingBuffer(3, BYTES_MAX);
        ring.restart(0);

        ring.append(entries(1, 2, 3, 4, 5), 5);

        assertThat(positions(ring.after(0, 10))).containsExactly(3L, 4L, 5L);
        assertThat(ring.floor()).isEqualTo(2);
    }

    @Test
    void dropsTheOldestBeyondItsBytes() {
        var one = Envelopes.entry(1).bytes();
        var ring = new EventRingBuffer(100, 2L * one);
        ring.restart(0);

        ring.append(entries(1, 2, 3), 3);

        assertThat(positions(ring.after(0, 10))).containsExactly(2L, 3L);
        assertThat(ring.floor()).isEqualTo(1);
    }

    @Test
    void forgetsAllWhenItBeginsAgain() {
        var ring = new EventRingBuffer(8, BYTES_MAX);
        ring.restart(0);
        ring.append(entries(1, 2), 2);

        ring.restart(40);

        assertThat(ring.after(0, 10)).isEmpty();
        assertThat(ring.floor()).isEqualTo(40);
        assertThat(ring.head()).isEqualTo(40);
    }

    @Test
    void holdsExactlyWhatCameAfterItsFloorWhateverIsAppended() {
        var seed = Torture.seed("ring");
        var random = new Random(seed);
        var ring = new EventRingBuffer(50, BYTES_MAX);
        ring.restart(0);
        var all = new ArrayList<Long>();
        var head = 0L;
        for (var round = 0; round < 500; round++) {
            var news = new ArrayList<EncodedEvent>();
            for (var i = random.nextInt(20); i > 0; i--) {
                head += 1 + random.nextInt(3);
                all.add(head);
                news.add(Envelopes.entry(head));
            }
            head += random.nextInt(3);
            ring.append(news, head);
            var from = ring.floor() + random.nextInt((int) (ring.head() - ring.floor() + 1));

            assertThat(positions(ring.after(from, 1_000)))
                    .as("seed %d", seed)
                    .isEqualTo(all.stream().filter(position -> position > from).toList());
        }
    }
}
