package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tickets: one use, half a minute, one person, and no more than they say. */
class StreamTicketIT {

    private final TestDatabase database = TestDatabase.fresh("security", "stream");
    private final List<StreamNode> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(StreamNode::close);
        database.close();
    }

    private StreamNode node(StreamConfig config) {
        var node = new StreamNode(database, config);
        nodes.add(node);
        return node;
    }

    private static HttpClient client(StreamNode node) {
        return node.vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false), new PoolOptions().setHttp1MaxSize(500));
    }

    private static NoteEvent note(String channel, int number) {
        return new NoteEvent.Written(channel, number, "text");
    }

    private static String ticket(StreamNode node, StreamNode.Person person, String body) {
        var answer = Waiting.on(Waiting.onLoop(
                node.vertx,
                () -> client(node)
                        .request(HttpMethod.POST, node.port(), "127.0.0.1", "/api/stream/tickets")
                        .map(request -> request.putHeader("Authorization", "Bearer " + person.token()))
                        .compose(request -> body.isEmpty()
                                ? request.send()
                                : request.putHeader("Content-Type", "application/json")
                                        .send(body))
                        .compose(response ->
                                response.body().map(text -> Map.entry(response.statusCode(), text.toString())))));
        assertThat(answer.getKey()).as(answer.getValue()).isEqualTo(201);
        assertThat(answer.getValue()).contains("\"expiresIn\":30");
        return new JsonObject(answer.getValue()).getString("ticket");
    }

    private static int status(StreamNode node, String query, Map<String, String> headers) {
        return Waiting.on(new SseClient(client(node), node.port(), query, headers).open())
                .statusCode();
    }

    @Test
    void opensOnceForATicket() {
        var node = node(StreamConfig.DEFAULT);
        var ticket = ticket(node, node.person(), "");

        assertThat(status(node, "?ticket=" + ticket, Map.of())).isEqualTo(200);
        assertThat(status(node, "?ticket=" + ticket, Map.of())).isEqualTo(401);
        assertThat(status(node, "?ticket=unknown", Map.of())).isEqualTo(401);
    }

    @Test
    void letsExactlyOneOfManyUseATicketOnTwoNodes() {
        var nodes = List.of(node(StreamConfig.DEFAULT), node(StreamConfig.DEFAULT));
        for (var round = 0; round < 5; round++) {
            var ticket = ticket(nodes.get(0), nodes.get(0).person(), "{}");

            var answers = Waiting.on(Future.all(IntStream.range(0, 10)
                    .mapToObj(i -> nodes.get(i % 2))
                    .map(node -> new SseClient(client(node), node.port(), "?ticket=" + ticket, Map.of()).open())
                    .toList()));
            var statuses = answers.<HttpClientResponse>list().stream()
                    .map(HttpClientResponse::statusCode)
                    .toList();

            assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
            assertThat(statuses.stream().filter(status -> status == 401)).hasSize(9);
        }
    }

    @Test
    void refusesATicketThatIsTooOldOrSomebodyElses() {
        var node = node(StreamConfig.DEFAULT);
        var old = ticket(node, node.person(), "{}");
        database.execute("update stream_ticket set expires = clock_timestamp() - interval '1 second'");
        var ofA = ticket(node, node.person(), "{}");
        var b = node.person();

        assertThat(status(node, "?ticket=" + old, Map.of())).isEqualTo(401);
        assertThat(status(node, "?ticket=" + ofA, Map.of("Authorization", "Bearer " + b.token())))
                .isEqualTo(403);
    }

    @Test
    void narrowsAStreamToWhatItsTicketSays() {
        var node = node(StreamConfig.DEFAULT);
        var person = node.person("admin");
        var ticket = ticket(node, person, "{\"channels\":[\"role:admin\"],\"types\":[\"note.written\"]}");
        var tab = new SseClient(client(node), node.port(), "?ticket=" + ticket, Map.of());
        Waiting.on(tab.open());
        await().until(() -> tab.control("ready") == 1);

        node.appendAndStamp(note("public", 1), new NoteEvent.Erased("role:admin", 2), note("role:admin", 3));
        await().until(() -> !tab.notes().isEmpty());

        assertThat(tab.notes()).containsExactly("note.written role:admin 3");
        var other = ticket(node, person, "{\"channels\":[\"role:admin\"]}");
        assertThat(status(node, "?channels=public&ticket=" + other, Map.of())).isEqualTo(403);
    }
}
