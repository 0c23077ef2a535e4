package dev.skelly.stream;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.event.Json;
import dev.skelly.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A reader of a WebSocket that keeps every message. Answers pings, as every client does. */
final class SocketClient {

    private final List<JsonNode> messages = new ArrayList<>(); // Guarded by this, like the fields below.
    private @Nullable WebSocket socket;
    private int closeCode = -1;
    private int ref;

    /** Connects; fails with what the server answered instead. */
    static Future<SocketClient> connect(Vertx vertx, int port, String query, Map<String, String> headers) {
        var options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/api/ws" + query)
                .setAllowOriginHeader(headers.containsKey("Origin")) // A program sends none.
                .addSubProtocol("skelly.v1.json");
        headers.forEach(options::addHeader);
        var client = new SocketClient();
        return vertx.createWebSocketClient(new WebSocketClientOptions().setMaxMessageSize(1 << 20))
                .connect(options)
                .map(client::begin);
    }

    static SocketClient of(StreamNode node, StreamNode.Person person) {
        return Waiting.on(connect(node.vertx, node.port(), "", Map.of("Authorization", "Bearer " + person.token())));
    }

    private synchronized SocketClient begin(WebSocket opened) {
        socket = opened;
        opened.textMessageHandler(this::take).closeHandler(closed -> end(opened));
        return this;
    }

    private synchronized void take(String text) {
        messages.add(tree(text));
    }

    private synchronized void end(WebSocket closed) {
        closeCode = closed.closeStatusCode() == null ? 0 : closed.closeStatusCode();
    }

    private static JsonNode tree(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    /** Sends a text as it is. */
    synchronized void send(String text) {
        if (socket == null) {
            throw new IllegalStateException("not connected");
        }
        var unused = socket.writeTextMessage(text);
    }

    synchronized void sendBinary(byte[] bytes) {
        if (socket == null) {
            throw new IllegalStateException("not connected");
        }
        var unused = socket.writeBinaryMessage(io.vertx.core.buffer.Buffer.buffer(bytes));
    }

    /**
     * Sends a message with the next ref.
     *
     * @param fields of the JSON object, without its braces
     * @return the ref
     */
    @CanIgnoreReturnValue
    synchronized int request(String fields) {
        ref++;
        send("{\"ref\":" + ref + "," + fields + "}");
        return ref;
    }

    /** Sends a message with the next ref and waits for the answer. */
    @CanIgnoreReturnValue
    JsonNode ask(String fields) {
        return answer(request(fields));
    }

    /** Waits for the answer to a message. */
    JsonNode answer(int to) {
        return first(message -> message.path("ref").asInt(-1) == to);
    }

    /** Sends a text as it is and waits for the next message with a problem. */
    JsonNode refusal(String text) {
        var before = problems().size();
        send(text);
        await().until(() -> problems().size() > before);
        return problems().get(before);
    }

    private List<JsonNode> problems() {
        return messages().stream().filter(message -> message.has("problem")).toList();
    }

    /** Waits for the first message that fits. */
    JsonNode first(Predicate<JsonNode> fits) {
        await().until(() -> messages().stream().anyMatch(fits));
        return messages().stream().filter(fits).findFirst().orElseThrow();
    }

    /** Waits for the first control frame of this name. */
    @CanIgnoreReturnValue
    JsonNode control(String name) {
        return first(message -> message.path("control").asText().equals(name));
    }

    synchronized List<JsonNode> messages() {
        return List.copyOf(messages);
    }

    /** Returns the code with which the connection was closed; -1 while it is open. */
    synchronized int closeCode() {
        return closeCode;
    }

    void close() {
        synchronized (this) {
            if (socket != null) {
                var unused = socket.close();
            }
        }
        await().until(() -> closeCode() >= 0);
    }

    /** Of each event its type, channel and number, in the order in which they came. */
    List<String> notes() {
        return messages().stream()
                .filter(message -> message.has("event"))
                .map(message -> message.path("event"))
                .map(event -> event.path("type").asText() + " "
                        + event.at("/data/channel").asText() + " "
                        + event.at("/data/number").asText())
                .toList();
    }
}
