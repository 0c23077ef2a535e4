package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.skelly.event.Json;
import dev.skelly.testing.Torture;
import io.cloudevents.jackson.JsonFormat;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseFramesTest {

    private static EventStreamParser.Dispatched only(Buffer frame) {
        var events = EventStreamParser.parse(frame.getBytes());
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    @Test
    void writesTheCursorTheTypeAndOneLineOfCloudEvents() {
        var event = Envelopes.of(3, "lamp.lit", "{\"watts\":40}", "public");

        var read = only(SseFrames.event(event, "abc", true));

        assertThat(read.event()).isEqualTo("lamp.lit");
        assertThat(read.lastEventId()).isEqualTo("abc");
        assertThat(read.data())
                .startsWith("{\"specversion\":\"1.0\",\"id\":\"" + event.id() + "\"")
                .endsWith("\"data\":{\"watts\":40}}")
                .contains("\"correlationid\":\"" + event.correlation() + "\"")
                .doesNotContain("causationid", "traceparent", "channels");
    }

    @Test
    void isReadByACloudEventsLibrary() {
        var event = Envelopes.of(3, "lamp.lit", "{\"watts\":40}", "public");

        var read = new JsonFormat()
                .deserialize(only(SseFrames.event(event, "abc", true))
                        .data()
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(read.getId()).isEqualTo(event.id().toString());
        assertThat(read.getSubject()).isEqualTo("lamp:1");
        assertThat(read.getTime()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(read.getExtension("correlationid"))
                .isEqualTo(event.correlation().toString());
        assertThat(new String(
                        Objects.requireNonNull(read.getData()).toBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("{\"watts\":40}");
    }

    @Test
    void leavesTheNameOutWhereItIsNotWanted() {
        var read = only(SseFrames.event(Envelopes.of(3, "lamp.lit", "{}", "public"), "abc", false));

        assertThat(read.event()).isEqualTo("message");
    }

    @Test
    void doesNotLetAnEventPassForAControlEvent() {
        var read = only(SseFrames.event(Envelopes.of(3, "skelly.bye", "{}", "public"), "abc", true));

        assertThat(read.event()).isEqualTo("message");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nid: 9",
                "a\r\nevent: b",
                "a\rdata: c",
                "a\0b",
                "\n\n",
                "a\u2028b\u2029c",
                ": d",
                "\ud83d\udca1"
            })
    void letsNoTypeBeginAnotherField(String type) {
        var read = only(SseFrames.event(Envelopes.of(3, type, "{}", "public"), "abc", true));

        assertThat(read.event())
                .isEqualTo(type.replaceAll("[\r\n\0]", " ").isBlank() ? "  " : type.replaceAll("[\r\n\0]", " "));
        assertThat(read.lastEventId()).isEqualTo("abc");
    }

    @Test
    void readsBackWhateverTheDataHolds() throws JsonProcessingException {
        var seed = Torture.seed("frames");
        var random = new Random(seed);
        var json = Json.mapper();
        for (var run = 0; run < 300; run++) {
            var text = text(random);
            var data = json.writeValueAsString(java.util.Map.of("text", text));

            var read = only(SseFrames.event(Envelopes.of(3, "lamp.lit", data, "public"), "abc", true));

            assertThat(json.readTree(read.data()).at("/data/text").textValue())
                    .as("seed %d", seed)
                    .isEqualTo(text);
        }
    }

    private static String text(Random random) {
        int[] favourites = {'\r', '\n', 0, ':', ' ', '"', '\\', 0x2028, 0x2029, 0xfeff, 0x1f4a1, 'a', 0x7f, 0x85};
        var text = new StringBuilder();
        for (var i = random.nextInt(40); i > 0; i--) {
            text.appendCodePoint(favourites[random.nextInt(favourites.length)]);
        }
        return text.toString();
    }

    @Test
    void keepsDataThatStandsOnSeveralLinesWhole() {
        var read = only(SseFrames.event(Envelopes.of(3, "lamp.lit", "{\r\n\"watts\":\n40}", "public"), "abc", true));

        assertThat(read.data()).endsWith("\"data\":{  \"watts\": 40}}");
    }

    @Test
    void movesTheLastEventIdWithoutAnEvent() {
        var heard = new java.util.ArrayList<EventStreamParser.Dispatched>();
        var parser = new EventStreamParser(heard::add);

        parser.feed(Buffer.buffer(SseFrames.place("xyz")).getBytes());

        assertThat(heard).isEmpty();
        assertThat(parser.lastEventId()).isEqualTo("xyz");
    }

    @Test
    void encodesAFrameOnceForEachView() {
        var entry = Envelopes.entry(1, "public");

        assertThat(entry.frame(Set.of(), FrameFormat.NAMED)).isSameAs(entry.frame(Set.of(), FrameFormat.NAMED));
        assertThat(entry.frame(Set.of(), FrameFormat.UNNAMED))
                .isSameAs(entry.frame(Set.of(), FrameFormat.UNNAMED))
                .isNotSameAs(entry.frame(Set.of(), FrameFormat.NAMED));
    }
}
