package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.testing.Waiting;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A reader that changes what it reads, and the cursors of the events that it got. */
interface ChangingReader {

    /**
     * Adds channels and waits for the answer.
     *
     * @param after a cursor; empty for now
     * @return the cursor from which they are complete
     */
    String add(List<String> channels, String after);

    /** Removes channels and waits for the answer. */
    void remove(List<String> channels);

    /** Returns the cursors of all events in the order in which they came. */
    List<String> cursors();

    /** Fails when anything was refused, or the connection has ended. */
    void checkOpen();

    /** A WebSocket, which reads nothing at first. */
    record BySocket(SocketClient socket) implements ChangingReader {

        @Override
        public String add(List<String> channels, String after) {
            var from = after.isEmpty() ? "" : ",\"after\":\"" + after + "\"";
            return ok(socket.ask("\"do\":\"subscribe\",\"channels\":" + new JsonArray(channels) + from))
                    .path("cursor")
                    .asText();
        }

        @Override
        public void remove(List<String> channels) {
            ok(socket.ask("\"do\":\"unsubscribe\",\"channels\":" + new JsonArray(channels)));
        }

        @CanIgnoreReturnValue
        private static JsonNode ok(JsonNode answer) {
            assertThat(answer.path("ok").asBoolean()).as(answer.toString()).isTrue();
            return answer;
        }

        @Override
        public List<String> cursors() {
            return socket.messages().stream()
                    .filter(message -> message.has("event"))
                    .map(message -> message.path("id").asText())
                    .toList();
        }

        @Override
        public void checkOpen() {
            assertThat(socket.messages().stream().filter(message -> message.has("problem")))
                    .isEmpty();
            assertThat(socket.closeCode()).isEqualTo(-1);
        }
    }

    /** An event stream, which is changed by requests beside it. It begins with the channel {@code public}, now whatever is asked. */
    record ByRequest(StreamNode node, StreamNode.Person person, HttpClient client, SseClient tab)
            implements ChangingReader {

        static ByRequest open(StreamNode node, StreamNode.Person person, HttpClient client) {
            var tab = SseClient.of(client, node, person, "?channels=public");
            Waiting.on(tab.open());
            await().until(() -> tab.control("ready") == 1);
            return new ByRequest(node, person, client, tab);
        }

        @Override
        public String add(List<String> channels, String after) {
            return change("add", channels).getString("cursor");
        }

        @Override
        public void remove(List<String> channels) {
            var unused = change("remove", channels);
        }

        private JsonObject change(String what, List<String> channels) {
            var connection = new JsonObject(tab.lastControl("hello")).getString("connection");
            var body = new JsonObject().put(what, new JsonObject().put("channels", new JsonArray(channels)));
            var path = "/api/stream/" + connection + "/subscriptions";
            return Waiting.on(Waiting.onLoop(
                    node.vertx,
                    () -> client.request(HttpMethod.POST, node.port(), "127.0.0.1", path)
                            .compose(request -> request.putHeader("Authorization", "Bearer " + person.token())
                                    .putHeader("Content-Type", "application/json")
                                    .send(body.toBuffer()))
                            .compose(response -> response.body().map(text -> {
                                assertThat(response.statusCode())
                                        .as(text.toString())
                                        .isEqualTo(200);
                                return new JsonObject(text);
                            }))));
        }

        @Override
        public List<String> cursors() {
            return tab.heard().stream()
                    .filter(event -> !event.event().startsWith("skelly."))
                    .map(EventStreamParser.Dispatched::lastEventId)
                    .toList();
        }

        @Override
        public void checkOpen() {
            assertThat(tab.ended()).isFalse();
            assertThat(tab.control("gap")).isZero();
        }
    }
}
