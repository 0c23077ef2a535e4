package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Json;
import dev.skelly.testing.JavaScript;
import dev.skelly.testing.Torture;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * D-06, E-20: two parsers that know nothing of each other read exactly what was written, wherever the bytes are cut. {@code -Dskelly.seed=…}
 * writes the same again.
 */
class FramesInteropIT {

    private static final int FRAMES = 3_000;
    private static final int CHUNK_BYTES_MAX = 40; // Cuts through many characters of four bytes.
    private static final int[] FAVOURITES = {
        '\r', '\n', 0, ':', ' ', '"', '\\', 0x2028, 0x2029, 0xfeff, 0x1f4a1, 0x10ffff, 'a', 0x7f, 0x85, 0xe9
    };
    private static final List<String> INJECTIONS = List.of(
            "\nid: 9\n\n",
            "\r\nevent: skelly.bye\r\ndata: {}\r\n\r\n",
            "\rretry: 1\r\r",
            "x\n: comment\ndata: y",
            "\0\n\n",
            "skelly.bye",
            "skelly.hello\nid: 1");

    private final JsonMapper json = Json.mapper();
    private final Random random = new Random(Torture.seed("D-06"));
    private final Buffer bytes = Buffer.buffer();
    private final List<EventStreamParser.Dispatched> written = new ArrayList<>();

    @Test
    void twoParsersReadWhatWasWritten() throws IOException {
        // Given
        var seed = random.nextLong();
        random.setSeed(seed);
        for (var position = 1; position <= FRAMES; position++) {
            write(position);
        }
        var chunks = chunks();

        // When
        var ours = new ArrayList<EventStreamParser.Dispatched>();
        var parser = new EventStreamParser(ours::add);
        chunks.forEach(parser::feed);
        var theirs = theirs(chunks);

        // Then
        assertThat(ours).as("seed %d", seed).isEqualTo(written);
        assertThat(theirs).as("seed %d", seed).isEqualTo(written);
        System.out.println("{\"test\":\"D-06\",\"seed\":" + seed + ",\"frames\":" + FRAMES + ",\"dispatched\":"
                + written.size() + ",\"chunks\":" + chunks.size() + ",\"injected\":0}");
    }

    private void write(int position) throws IOException {
        var type = type();
        var text = text();
        var named = random.nextBoolean();
        var cursor = Envelopes.CURSORS.position(position);
        var event = Envelopes.of(position, type, json.writeValueAsString(Map.of("text", text)), "public");
        bytes.appendBuffer(SseFrames.event(event, cursor, named));
        var name = named && !type.startsWith("skelly.") ? oneLine(type) : "message";
        written.add(new EventStreamParser.Dispatched(name, data(event.type(), text, position), cursor));
        switch (random.nextInt(8)) {
            case 0 -> bytes.appendBuffer(SseFrames.HEARTBEAT);
            case 1 -> bytes.appendString(SseFrames.place(cursor));
            case 2 -> {
                bytes.appendString(SseFrames.control("ready", "{}"));
                written.add(new EventStreamParser.Dispatched("skelly.ready", "{}", cursor));
            }
            default -> {}
        }
    }

    /* What the data has to be, made without the product's own writer. */
    private String data(String type, String text, int position) throws IOException {
        var last =
                EventStreamParser.parse(SseFrames.event(Envelopes.of(position, "lamp.lit", "{}", "public"), "c", false)
                        .getBytes());
        var tree = (com.fasterxml.jackson.databind.node.ObjectNode)
                json.readTree(last.get(0).data());
        tree.put("type", type);
        tree.putObject("data").put("text", text);
        return tree.toString();
    }

    private String type() {
        return switch (random.nextInt(4)) {
            case 0 -> "lamp.lit";
            case 1 -> INJECTIONS.get(random.nextInt(INJECTIONS.size()));
            default -> "t" + text();
        };
    }

    private static String oneLine(String type) {
        return type.replaceAll("[\r\n\0]", " ");
    }

    private String text() {
        if (random.nextInt(5) == 0) {
            return INJECTIONS.get(random.nextInt(INJECTIONS.size()));
        }
        var text = new StringBuilder();
        for (var length = random.nextInt(60); length > 0; length--) {
            text.appendCodePoint(FAVOURITES[random.nextInt(FAVOURITES.length)]);
        }
        return text.toString();
    }

    private List<byte[]> chunks() {
        var all = bytes.getBytes();
        var chunks = new ArrayList<byte[]>();
        for (var from = 0; from < all.length; ) {
            var to = Math.min(all.length, from + 1 + random.nextInt(CHUNK_BYTES_MAX));
            chunks.add(Arrays.copyOfRange(all, from, to));
            from = to;
        }
        return chunks;
    }

    private List<EventStreamParser.Dispatched> theirs(List<byte[]> chunks) throws IOException {
        var encoder = Base64.getEncoder();
        Files.createDirectories(JavaScript.folder());
        var file = Files.write(
                JavaScript.folder().resolve("frames.base64"),
                chunks.stream().map(encoder::encodeToString).toList(),
                StandardCharsets.US_ASCII);
        var ended = JavaScript.run("frames.mjs", file.toString());
        assertThat(ended.code()).as(ended.output()).isZero();
        var read = new ArrayList<EventStreamParser.Dispatched>();
        var id = "";
        for (var line : ended.output().lines().toList()) {
            var one = json.readTree(line);
            assertThat(one.has("error")).as(line).isFalse();
            assertThat(one.has("retry")).as(line).isFalse();
            id = id(one, id);
            read.add(new EventStreamParser.Dispatched(
                    one.path("event").asText(), one.path("data").asText(), id));
        }
        return read;
    }

    /* This parser tells the id of each frame and leaves it to its caller to remember the last. */
    private static String id(JsonNode one, String last) {
        var id = one.path("id").asText();
        return id.isEmpty() ? last : id;
    }
}
