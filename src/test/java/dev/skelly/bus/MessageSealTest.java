package dev.skelly.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MessageSealTest {

    private static final String ADDRESS = "skelly.live.b";
    private static final byte[] PLAIN = "a message".getBytes(StandardCharsets.UTF_8);
    private static final byte[] KEY = key(1);
    private static final byte[] NEXT_KEY = key(2);
    private static final Duration TOLERANCE = Duration.ofSeconds(30);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
    private final InstantSource clock = now::get;
    private final MessageSeal sender = seal(KEY);
    private final MessageSeal receiver = seal(KEY);

    private static byte[] key(int filler) {
        var key = new byte[32];
        Arrays.fill(key, (byte) filler);
        return key;
    }

    private MessageSeal seal(byte[]... keys) {
        return new MessageSeal(List.of(keys), clock, TOLERANCE);
    }

    private static DropReason dropped(MessageSeal receiver, byte[] sealed, String address) {
        return catchThrowableOfType(DroppedMessageException.class, () -> receiver.open(sealed, address))
                .reason();
    }

    @Test
    void opensWhatAnotherNodeSealed() {
        assertThat(receiver.open(sender.seal(PLAIN, ADDRESS), ADDRESS)).isEqualTo(PLAIN);
    }

    @Test
    void showsNothingOfTheMessage() {
        assertThat(new String(sender.seal(PLAIN, ADDRESS), StandardCharsets.ISO_8859_1))
                .doesNotContain("message");
        assertThat(sender.seal(PLAIN, ADDRESS)).isNotEqualTo(sender.seal(PLAIN, ADDRESS));
    }

    @Test
    void refusesEveryChangedByte() {
        var sealed = sender.seal(PLAIN, ADDRESS);
        for (var at = 0; at < sealed.length; at++) {
            var changed = sealed.clone();
            changed[at] ^= 1;
            assertThat(dropped(receiver, changed, ADDRESS)).as("byte " + at).isEqualTo(DropReason.FORGED);
        }
        for (var length = 0; length < sealed.length; length++) {
            assertThat(dropped(receiver, Arrays.copyOf(sealed, length), ADDRESS))
                    .isEqualTo(DropReason.FORGED);
        }
        assertThat(receiver.open(sealed, ADDRESS))
                .as("the failed ones took nothing")
                .isEqualTo(PLAIN);
    }

    @Test
    void refusesAMessageAtAnotherAddress() {
        assertThat(dropped(receiver, sender.seal(PLAIN, ADDRESS), "skelly.live.c"))
                .isEqualTo(DropReason.FORGED);
    }

    @Test
    void refusesAReplay() {
        var first = sender.seal(PLAIN, ADDRESS);
        assertThat(receiver.open(first, ADDRESS)).isEqualTo(PLAIN);
        assertThat(receiver.open(sender.seal(PLAIN, ADDRESS), ADDRESS)).isEqualTo(PLAIN);

        assertThat(dropped(receiver, first, ADDRESS)).isEqualTo(DropReason.REPLAYED);
    }

    @Test
    void refusesAReplayWhenTheSenderIsForgottenToo() {
        var sealed = sender.seal(PLAIN, ADDRESS);
        assertThat(receiver.open(sealed, ADDRESS)).isEqualTo(PLAIN);

        now.updateAndGet(time -> time.plus(TOLERANCE).plusMillis(1));

        assertThat(dropped(seal(KEY), sealed, ADDRESS)).isEqualTo(DropReason.CLOCK);
        assertThat(dropped(receiver, sealed, ADDRESS)).isEqualTo(DropReason.CLOCK);
    }

    @Test
    void refusesWhatWasSealedBeforeItStarted() {
        var sealed = sender.seal(PLAIN, ADDRESS);
        now.updateAndGet(time -> time.plusMillis(1));

        assertThat(dropped(seal(KEY), sealed, ADDRESS)).isEqualTo(DropReason.CLOCK);
    }

    @Test
    void refusesATimeThatIsYetToCome() {
        now.updateAndGet(time -> time.plus(TOLERANCE).plusMillis(1));
        var sealed = sender.seal(PLAIN, ADDRESS);
        now.updateAndGet(time -> time.minus(TOLERANCE).minusMillis(1));

        assertThat(dropped(receiver, sealed, ADDRESS)).isEqualTo(DropReason.CLOCK);
    }

    @Test
    void refusesAnotherSecret() {
        assertThat(dropped(receiver, seal(NEXT_KEY).seal(PLAIN, ADDRESS), ADDRESS))
                .isEqualTo(DropReason.FORGED);
    }

    @Test
    void hearsBothSecretsWhileOneIsChanged() {
        var before = seal(KEY, NEXT_KEY);
        var after = seal(NEXT_KEY, KEY);

        assertThat(before.open(after.seal(PLAIN, ADDRESS), ADDRESS)).isEqualTo(PLAIN);
        assertThat(after.open(before.seal(PLAIN, ADDRESS), ADDRESS)).isEqualTo(PLAIN);
        assertThat(before.open(sender.seal(PLAIN, ADDRESS), ADDRESS)).isEqualTo(PLAIN);
    }
}
