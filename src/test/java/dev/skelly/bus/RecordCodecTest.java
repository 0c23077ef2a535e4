package dev.skelly.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skelly.event.Json;
import dev.skelly.event.StoredEvent;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

    private final RecordCodec codec = new RecordCodec(Json.mapper());

    @BeforeEach
    void know() {
        codec.allow(List.of(new BusRecord("stream.live", LiveBatch.class, "former.LiveBatch")));
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

        codec.encodeToWire(wire, batch);

        assertThat(codec.decodeFromWire("before".length(), wire)).isEqualTo(batch);
    }

    @Test
    void writesTheDeclaredNameAndNoClassName() {
        var wire = Buffer.buffer();
        codec.encodeToWire(wire, new LiveBatch(7, 8, 3, List.of()));

        assertThat(wire.toString()).contains("stream.live").doesNotContain("LiveBatch");
    }

    @Test
    void readsTheNameThatTheFormerReleaseSends() {
        var batch = new LiveBatch(7, 8, 3, List.of());

        assertThat(codec.decodeFromWire(
                        0,
                        wire(
                                "former.LiveBatch",
                                Json.mapper().valueToTree(batch).toString())))
                .isEqualTo(batch);
    }

    @Test
    void readsAndWritesNoRecordThatIsNotKnown() {
        assertThatThrownBy(() -> codec.decodeFromWire(0, wire(EventsAppended.class.getName(), "{}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Appended");
        assertThatThrownBy(() -> codec.encodeToWire(Buffer.buffer(), new EventsAppended(5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Appended");
    }

    private static Buffer wire(String name, String json) {
        var nameBytes = Buffer.buffer(name);
        var body = Buffer.buffer(json);
        return Buffer.buffer()
                .appendInt(nameBytes.length())
                .appendBuffer(nameBytes)
                .appendInt(body.length())
                .appendBuffer(body);
    }

    @Test
    void handsOverByReferenceOnThisNode() {
        var message = new EventsAppended(5);

        assertThat(codec.transform(message)).isSameAs(message);
    }
}
