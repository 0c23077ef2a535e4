package dev.skelly.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skelly.event.Audience;
import dev.skelly.event.Json;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.FieldSealing;
import dev.skelly.testing.Torture;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Test E-35 of the catalogue of faults. */
class SealedFieldsCodecTest {

    private static final int SEALINGS = Torture.times(10_000_000, 300_000);
    private static final int NONCE_BYTES = 12;
    private static final UUID ID = UUID.fromString("019a0000-0000-7000-8000-000000000001");

    private final byte[] key = new byte[AesGcm.KEY_BYTES];
    private final SealedFieldsCodec form = new SealedFieldsCodec(Json.mapper());

    @Test
    void neverUsesANonceTwiceAlsoWhenItStartsAnew() {
        // When
        var firsts = new long[SEALINGS];
        for (var i = 0; i < SEALINGS; i++) {
            var nonce =
                    Arrays.copyOf(new AesGcm(key).seal(new byte[0], "event"), NONCE_BYTES); // As after a crash, each.
            firsts[i] = ByteBuffer.wrap(nonce).getLong(0);
        }

        // Then: the first 64 of 96 bits: 300,000 random ones have a double with a chance of 1 in 400 million, 10^7 of 1
        // in 370,000.
        Arrays.sort(firsts);
        for (var i = 1; i < SEALINGS; i++) {
            assertThat(firsts[i]).isNotEqualTo(firsts[i - 1]);
        }
    }

    @Test
    void opensWhatItSealedForThatEventAlone() {
        // Given
        var sealed = sealed();
        var event = event(ID, "parcel.sent", "user:1", sealed);

        // Then
        assertThat(form.open(event, new AesGcm(key)).data())
                .contains("\"grams\":5", "\"street\":\"Elm Street 1\"", "\"floor\":2");
        assertThat(form.open(event, new AesGcm(key)).sealed()).isNull();
        for (var other : List.of(
                event(UUID.randomUUID(), "parcel.sent", "user:1", sealed),
                event(ID, "parcel.scanned", "user:1", sealed),
                event(ID, "parcel.sent", "user:2", sealed))) {
            assertThatThrownBy(() -> form.open(other, new AesGcm(key))).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> form.open(event, new AesGcm(new byte[] {
                    1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8
                })))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesEveryFlippedBitAndEveryLength() {
        var random = new Random(35);
        var bytes = Base64.getDecoder().decode(sealed());
        for (var at = 0; at < bytes.length; at++) {
            var flipped = bytes.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            refuses(flipped);
            refuses(Arrays.copyOf(bytes, at));
        }
        refuses(Arrays.copyOf(bytes, bytes.length + 1));
    }

    @Test
    void takesOutWhatIsSensitiveAndNothingElse() {
        var plain = plain("{\"grams\":5,\"street\":\"Elm Street 1\",\"receiver\":{\"name\":\"Ada\",\"floor\":2}}");

        assertThat(form.seal(form.parse(plain), new AesGcm(key)).data()).isEqualTo("{\"grams\":5}");
        assertThat(form.parse(plain).without().data()).isEqualTo("{\"grams\":5}");
        assertThat(form.parse(plain("{\"grams\":5}")).sensitive()).isFalse();
    }

    @Test
    void sealsUnderThePersonWhomItIsAbout() {
        var ada = Audience.user(new UUID(0, 1));
        var bob = Audience.user(new UUID(0, 2));

        assertThat(SealedFieldsCodec.owner(ada, List.of(bob))).isEqualTo(ada);
        assertThat(SealedFieldsCodec.owner("parcel:1", List.of("role:admin", bob)))
                .isEqualTo(bob);
        assertThat(SealedFieldsCodec.owner("parcel:1", List.of(bob, "user:nobody")))
                .isEqualTo(bob);
        assertThat(SealedFieldsCodec.owner("parcel:1", List.of(ada, bob))).isEqualTo("parcel:1");
        assertThat(SealedFieldsCodec.owner("parcel:1", List.of("public"))).isEqualTo("parcel:1");
    }

    private void refuses(byte[] bytes) {
        var event = event(ID, "parcel.sent", "user:1", Base64.getEncoder().encodeToString(bytes));
        assertThatThrownBy(() -> form.open(event, new AesGcm(key))).isInstanceOf(IllegalArgumentException.class);
    }

    private String sealed() {
        var written = form.seal(
                form.parse(
                        plain("{\"grams\":5,\"street\":\"Elm Street 1\",\"receiver\":{\"name\":\"Ada\",\"floor\":2}}")),
                new AesGcm(key));
        return Base64.getEncoder()
                .encodeToString(Objects.requireNonNull(written.sealed()).getBytes());
    }

    private static FieldSealing.Plain plain(String data) {
        var type = ParcelEvent.eventTypes().named("parcel.sent").orElseThrow();
        return new FieldSealing.Plain(ID, type, "user:1", List.of("user:1"), data, null);
    }

    private static StoredEvent event(UUID id, String type, String subject, String sealed) {
        return new StoredEvent(
                1,
                id,
                type,
                1,
                "/skelly/parcels",
                subject,
                1,
                null,
                id,
                null,
                Instant.EPOCH,
                List.of("user:1"),
                "{\"grams\":5}",
                null,
                sealed);
    }
}
