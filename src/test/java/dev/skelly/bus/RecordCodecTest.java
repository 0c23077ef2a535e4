package dev.skelly.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skelly.event.Envelope;
import dev.skelly.event.Json;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

    private final RecordCodec codec = new RecordCodec(Json.mapper());

    @BeforeEach
    void know() {
        codec.allow(Set.of(LiveBatch.class));
    }

    @Test
    void carriesARecordToAnotherNode() {
        var event = new Envelope(
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
    void readsNoClassThatIsNotKnown() {
        var wire = Buffer.buffer();
        codec.encodeToWire(wire, new Appended(5));

        assertThatThrownBy(() -> codec.decodeFromWire(0, wire))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Appended");
    }

    @Test
    void handsOverByReferenceOnThisNode() {
        var message = new Appended(5);

        assertThat(codec.transform(message)).isSameAs(message);
    }
}
