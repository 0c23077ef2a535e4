package dev.skelly.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.ForgedCursor;
import dev.skelly.testing.Torture;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** D-04, E-21. {@code scripts/torture} forges ten million, and {@code -Dskelly.seed=…} the same ones again. */
class CursorCodecTest {

    private static final long EPOCH = 0x1234_5678_9abc_def0L;
    private static final byte[] KEY = new byte[16];
    private static final int INPUTS = Torture.times(10_000_000, 1_000_000);
    private static final int TASKS = 8;
    private static final int PLACES = 20_000;

    private final CursorCodec cursors = new CursorCodec(EPOCH, KEY);

    @Test
    void readsBackEveryPlaceItWrote() {
        var seed = Torture.seed("cursors");
        var random = new Random(seed);
        for (var i = 0; i < 10_000; i++) {
            var place = random.nextLong() >>> (2 + random.nextInt(60));
            assertThat(cursors.read(cursors.position(place)))
                    .as("seed %d", seed)
                    .contains(new Cursor.Position(place));
            assertThat(cursors.read(cursors.write(place))).as("seed %d", seed).contains(new Cursor.Write(place));
        }
    }

    @Test
    void knowsTheCursorOfAnotherLog() {
        var other = new CursorCodec(EPOCH + 1, KEY);

        assertThat(cursors.read(other.position(7))).contains(new Cursor.Foreign());
    }

    /* Half of a forged block would have to be the epoch by chance: once in 2^64 tries. */
    @Test
    void takesNoneOfManyForgedCursors() {
        var seed = Torture.seed("D-04");
        var foreign = new LongAdder();
        var formless = new LongAdder();
        var taken = IntStream.range(0, TASKS)
                .parallel()
                .mapToObj(task -> forge(new Random(seed + task), foreign, formless))
                .flatMap(some -> some)
                .toList();

        System.out.println("{\"test\":\"D-04\",\"seed\":" + seed + ",\"inputs\":" + INPUTS + ",\"foreign\":"
                + foreign.sum() + ",\"formless\":" + formless.sum() + ",\"taken\":" + taken.size() + "}");
        assertThat(taken).as("seed %d", seed).isEmpty();
        assertThat(foreign.sum()).isGreaterThan(INPUTS / 3);
        assertThat(formless.sum()).isGreaterThan(INPUTS / 5);
    }

    private Stream<String> forge(Random random, LongAdder foreign, LongAdder formless) {
        var forgery = new ForgedCursor(random, cursors);
        var taken = Stream.<String>builder();
        for (var n = 0; n < INPUTS / TASKS; n++) {
            var text = forgery.next();
            var read = cursors.read(text);
            if (read.isEmpty()) {
                formless.increment();
            } else if (read.get() instanceof Cursor.Foreign) {
                foreign.increment();
            } else {
                taken.add(text);
            }
        }
        return taken.build();
    }

    @Test
    void writesAPlaceInOneWayOnly() {
        for (var place : new long[] {0, 1, 2, 255, Integer.MAX_VALUE, (1L << 62) - 1}) {
            var text = cursors.position(place);
            var last = text.charAt(21);
            for (var other : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=".toCharArray()) {
                var spelled = text.substring(0, 21) + other;
                var own = cursors.read(spelled).filter(cursor -> !(cursor instanceof Cursor.Foreign));
                assertThat(own.isPresent()).as(spelled).isEqualTo(other == last);
            }
            for (var variant :
                    new String[] {text + "==", text + "=", text + "\n", " " + text, text + "A", text + "\0"}) {
                assertThat(cursors.read(variant)).as(variant).isEmpty();
            }
        }
    }

    @Test
    void readsPlacesThatNobodyEverGaveOutWithoutFailing() {
        for (var place : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 62, 1L << 63, -(1L << 62)}) {
            assertThat(cursors.read(cursors.position(place))).as("%d", place).isPresent();
            assertThat(cursors.read(cursors.write(place))).as("%d", place).isPresent();
        }
    }

    /* E-21: places of two people's events, one after the other; whoever sees one kind learns nothing of the other. */
    @Test
    void givesCursorsOfTwoPeopleThatNobodyCanTellApart() {
        var ones = new int[2][128];
        var distinct = new HashSet<String>();
        for (var place = 0; place < PLACES; place++) {
            var text = cursors.position(place);
            assertThat(text).matches("[A-Za-z0-9_-]{22}");
            distinct.add(text.substring(0, 8));
            var bits = BitSet.valueOf(Base64.getUrlDecoder().decode(text));
            for (var bit = 0; bit < 128; bit++) {
                ones[place % 2][bit] += bits.get(bit) ? 1 : 0;
            }
        }

        var most = PLACES / 2 / 2 + 6 * Math.sqrt(PLACES / 2.0) / 2; // Six standard deviations.
        for (var person : ones) {
            assertThat(IntStream.of(person).max().orElseThrow()).isLessThan((int) most);
            assertThat(IntStream.of(person).min().orElseThrow()).isGreaterThan((int) (PLACES / 2 - most));
        }
        assertThat(distinct).hasSize(PLACES);
    }

    @Test
    void hasNoPlaceForWhatIsNotACursor() {
        for (var text :
                new String[] {"", "0", "latest", "a".repeat(21), "a".repeat(23), "=".repeat(22), "ä".repeat(22)}) {
            assertThat(cursors.read(text)).as(text).isEqualTo(Optional.empty());
        }
    }

    @Test
    void showsNothingOfTheOrder() {
        var one = cursors.position(1);
        var two = cursors.position(2);

        assertThat(one.substring(0, 4)).isNotEqualTo(two.substring(0, 4));
        assertThat(one.substring(18)).isNotEqualTo(two.substring(18));
    }
}
