package dev.skelly.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skelly.event.Json;
import dev.skelly.event.StoredEvent;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

    private static final Optional<MessageSeal> SEAL =
            Optional.of(new MessageSeal(List.of(new byte[32]), InstantSource.system(), Duration.ofSeconds(30)));

    private final RecordCodec codec = new RecordCodec(Json.mapper(), SEAL);

    @BeforeEach
    void know() {
        codec.allow(List.of(new BusRecord("stream.live", LiveBatch.class)));
    }

    @Test
    void carriesARecordToAnotherNode() {
        var event = new StoredEvent(
                8,
                UUID.randomUUID(),
                "lamp.lit",
                1,
                "/skelly/lamps",
                "lamp:1",
                1,
                null,
                UUID.randomUUID(),
                null,
                Instant.parse("2026-01-02T03:04:05.678901Z"),
                List.of("public"),
                "{\"watts\": 5}",
                null);
        var batch = new LiveBatch(7, 8, 3, List.of(event));
        var wire = Buffer.buffer("before");

        codec.encodeToWire(wire, new AddressedRecord("skelly.live.b", batch));

        var arrived = (SealedRecord) codec.decodeFromWire("before".length(), wire);
        assertThat(codec.open(arrived, "skelly.live.b")).isEqualTo(batch);
    }

    @Test
    void failsOnNothingThatAStrangerWrites() {
        for (var wire : List.of(
                Buffer.buffer(),
                Buffer.buffer("abc"),
                Buffer.buffer().appendInt(-1),
                Buffer.buffer().appendInt(Integer.MAX_VALUE).appendInt(1),
                Buffer.buffer().appendInt(4).appendInt(1))) {
            var arrived = (SealedRecord) codec.decodeFromWire(0, wire);

            assertThat(catchThrowableOfType(DroppedMessageException.class, () -> codec.open(arrived, "a"))
                            .reason())
                    .isEqualTo(DropReason.FORGED);
        }
    }

    @Test
    void readsAndWritesNoRecordThatIsNotKnown() {
        var wire = Buffer.buffer();
        codec.encodeToWire(wire, new AddressedRecord("a", new LiveBatch(7, 8, 3, List.of())));
        var arrived = (SealedRecord) codec.decodeFromWire(0, wire);
        var stranger = new RecordCodec(Json.mapper(), SEAL);

        assertThatThrownBy(() -> codec.encodeToWire(Buffer.buffer(), new AddressedRecord("a", new EventsAppended(5))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Appended");
        assertThat(catchThrowableOfType(DroppedMessageException.class, () -> stranger.open(arrived, "a"))
                        .reason())
                .isEqualTo(DropReason.UNKNOWN);
    }

    @Test
    void handsOverByReferenceOnThisNode() {
        var message = new AddressedRecord("a", new EventsAppended(5));

        assertThat(codec.transform(message)).isSameAs(message);
    }
}
