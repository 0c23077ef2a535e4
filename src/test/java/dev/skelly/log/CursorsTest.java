package dev.skelly.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CursorsTest {

    private static final long EPOCH = 0x1234_5678_9abc_def0L;
    private static final byte[] KEY = new byte[16];

    private final Cursors cursors = new Cursors(EPOCH, KEY);

    @Test
    void readsBackEveryPlaceItWrote() {
        var seed = new Random().nextLong();
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
        var other = new Cursors(EPOCH + 1, KEY);

        assertThat(cursors.read(other.position(7))).contains(new Cursor.Foreign());
    }

    @Test
    void takesNoRandomBlockForOneOfItsOwn() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var block = new byte[16];
        for (var i = 0; i < 100_000; i++) {
            random.nextBytes(block);
            var text = Base64.getUrlEncoder().withoutPadding().encodeToString(block);
            assertThat(cursors.read(text)).as("seed %d", seed).contains(new Cursor.Foreign());
        }
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
