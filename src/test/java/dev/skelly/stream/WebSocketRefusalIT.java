package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages that are refused change nothing: the connection stays open and goes on to deliver. Only a flood, or silence, closes it. */
class WebSocketRefusalIT {

    private record Refused(String message, int status, String code, String pointer) {}

    private static final List<Refused> REFUSED = List.of(
            new Refused("no JSON", 400, "malformed-json", ""),
            new Refused("", 400, "malformed-json", ""),
            new Refused("[]", 400, "malformed-json", ""),
            new Refused("{\"do\":\"ping\",\"do\":\"ping\"}", 400, "malformed-json", ""),
            new Refused("[".repeat(50_000), 400, "json-too-complex", ""),
            new Refused("{\"do\":\"" + "x".repeat(96 * 1024) + "\"}", 413, "message-too-large", ""),
            new Refused("{\"ref\":1}", 422, "invalid-input", "#/do"),
            new Refused("{\"do\":7,\"ref\":1}", 422, "invalid-input", "#/do"),
            new Refused("{\"do\":\"dance\",\"ref\":1}", 422, "invalid-input", "#/do"),
            new Refused("{\"do\":\"subscribe\"}", 422, "invalid-input", "#/ref"),
            new Refused("{\"do\":\"unsubscribe\",\"channels\":[\"public\"]}", 422, "invalid-input", "#/ref"),
            new Refused("{\"do\":\"subscribe\",\"ref\":{}}", 422, "invalid-input", "#/ref"),
            new Refused("{\"do\":\"subscribe\",\"ref\":null}", 422, "invalid-input", "#/ref"),
            new Refused("{\"do\":\"subscribe\",\"ref\":\"" + "r".repeat(65) + "\"}", 422, "invalid-input", "#/ref"),
            subscribe("\"channels\":\"public\"", "#/channels"),
            subscribe("\"channels\":[7]", "#/channels"),
            subscribe("\"channels\":[\"\"]", "#/channels"),
            subscribe("\"channels\":null", "#/channels"),
            subscribe("\"channels\":[\"nowhere:at:all\"]", "#/channels"),
            subscribe("\"types\":[\"note.unheard-of\"]", "#/types"),
            subscribe("\"types\":[\"..\"]", "#/types"),
            subscribe("\"types\":{}", "#/types"),
            subscribe("\"after\":\"nonsense\"", "#/after"),
            subscribe("\"after\":7", "#/after"),
            subscribe("\"surprise\":true", "#/surprise"),
            new Refused("{\"do\":\"subscribe\",\"ref\":1,\"channels\":[\"role:admin\"]}", 403, "forbidden", ""),
            new Refused("{\"do\":\"token\",\"ref\":1}", 422, "invalid-input", "#/token"),
            new Refused("{\"do\":\"token\",\"ref\":1,\"token\":\"forged\"}", 401, "", ""),
            new Refused(
                    "{\"do\":\"unsubscribe\",\"ref\":1,\"types\":[\"note.written\"]}",
                    422,
                    "invalid-input",
                    "#/types"));

    private static Refused subscribe(String field, String pointer) {
        return new Refused("{\"do\":\"subscribe\",\"ref\":1," + field + "}", 422, "invalid-input", pointer);
    }

    private final TestDatabase database = TestDatabase.fresh("security", "stream");

    @SuppressWarnings("NullAway.Init") // Each test starts it with its settings.
    private StreamNode node;

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    private SocketClient reader() {
        var socket = SocketClient.of(node, node.person());
        socket.ask("\"do\":\"subscribe\",\"channels\":[\"public\"]");
        return socket;
    }

    private void append(int number) {
        node.appendAndStamp(new NoteEvent.Written("public", number, "text"));
    }

    @Test
    void refusesEachAndGoesOn() {
        // Given
        node = new StreamNode(database, StreamSettings.messages(1_000));
        var socket = reader();

        // When
        for (var n = 0; n < REFUSED.size(); n++) {
            var refused = REFUSED.get(n);
            var answer = socket.refusal(refused.message);
            append(n);

            // Then
            var shown = refused.message.substring(0, Math.min(80, refused.message.length())) + " " + answer;
            var problem = answer.path("problem");
            assertThat(problem.path("status").asInt()).as(shown).isEqualTo(refused.status);
            assertThat(problem.path("code").asText()).as(shown).startsWith(refused.code);
            assertThat(problem.path("requestId").asText()).as(shown).isNotEmpty();
            assertThat(answer.has("ref")).as(shown).isEqualTo(refused.message.contains("\"ref\":1"));
            if (!refused.pointer.isEmpty()) {
                assertThat(problem.at("/errors/0/pointer").asText()).as(shown).isEqualTo(refused.pointer);
            }
        }
        var binary = socket.messages().size();
        socket.sendBinary(new byte[] {1, 2, 3});
        await().until(() -> socket.messages().stream().skip(binary).anyMatch(message -> message.has("problem")));
        await().until(() -> socket.notes().size() == REFUSED.size());
        assertThat(socket.notes()).allMatch(note -> note.startsWith("note.written public "));
        assertThat(socket.closeCode()).isEqualTo(-1);
    }

    @Test
    void namesEveryFaultOfAMessage() {
        node = new StreamNode(database, StreamConfig.DEFAULT);
        var socket = reader();

        var answer = socket.refusal("{\"do\":\"subscribe\",\"a\":1,\"b\":2}");

        assertThat(answer.at("/problem/errors").findValuesAsText("pointer")).containsExactly("#/ref", "#/a", "#/b");
    }

    @Test
    void refusesMessagesThatAreTooManyAndClosesAFlood() {
        // Given
        node = new StreamNode(database, StreamSettings.messages(5));
        var socket = reader();

        // When
        for (var n = 0; n < 30; n++) {
            socket.send("{\"do\":\"ping\"}");
        }
        var refused = socket.first(message -> message.has("problem"));
        append(1);
        await().until(() -> socket.notes().size() == 1);
        var open = socket.closeCode();
        for (var n = 0; n < 100 && socket.closeCode() < 0; n++) {
            socket.send("{\"do\":\"ping\"}");
        }
        await().until(() -> socket.closeCode() >= 0);

        // Then
        assertThat(refused.at("/problem/status").asInt()).isEqualTo(429);
        assertThat(open).isEqualTo(-1);
        assertThat(socket.closeCode()).isEqualTo(3502);
        await().until(() -> node.meter("skelly.http.connections") == 0);
        assertThat(node.meter("skelly.stream.connections")).isZero();
    }

    @Test
    void closesAConnectionThatAnswersNoPing() {
        // Given
        node = new StreamNode(database, StreamSettings.beats(Duration.ofMillis(400)));
        var alive = reader();
        var request = Stream.of(
                        "GET /api/ws HTTP/1.1",
                        "Host: 127.0.0.1:" + node.port(),
                        "Authorization: Bearer " + node.person().token(),
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Protocol: skelly.v1.json",
                        "",
                        "")
                .toList();
        var received = Buffer.buffer();
        var closed = new AtomicBoolean();

        // When
        Waiting.on(node.vertx
                .createNetClient()
                .connect(node.port(), "127.0.0.1")
                .compose(socket -> {
                    socket.handler(received::appendBuffer).closeHandler(end -> closed.set(true));
                    return socket.write(String.join("\r\n", request)).map(socket);
                }));
        await().until(closed::get);

        // Then
        assertThat(received.toString())
                .containsIgnoringCase("sec-websocket-protocol: skelly.v1.json")
                .contains("\"silent\"");
        assertThat(alive.closeCode()).isEqualTo(-1);
        alive.close();
        await().until(() -> node.meter("skelly.http.connections") == 0);
    }
}
