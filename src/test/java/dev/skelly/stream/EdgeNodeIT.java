package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.CommandHere;
import dev.skelly.testing.ClusterSettings;
import dev.skelly.testing.LogLines;
import dev.skelly.testing.OpenStream;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.Waiting;
import dev.skelly.testing.WholeNode;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node with the roles {@code http,stream} and neither database nor broker serves people like any other, through a node of its cluster that
 * has both.
 */
class EdgeNodeIT {

    private static final String CLICK = "{\"type\":\"ui.clicked\",\"data\":{\"element\":\"a button\"}}";

    private static final String OTHER_LOG = "\"reason\":\"other-log\"";

    private static WholeNode core;
    private static WholeNode edge;

    /* The edge node begins alone. */
    @BeforeAll
    static void start() {
        var ports = List.of(SkellyProcess.freePort(), SkellyProcess.freePort());
        var nothing = Map.of("roles", "http,stream", "db.url", "", "db.user", "", "db.password", "", "broker.url", "");
        var settings = new HashMap<>(ClusterSettings.of(ports, 1));
        settings.putAll(nothing);
        try (var said = LogLines.ofInfo("dev.skelly.node.PersistenceWait")) {
            edge = WholeNode.begin(settings);
            await().until(() -> said.lines().contains("waiting for a node with persistence"));
            core = edge.beside(ClusterSettings.of(ports, 0));
        }
    }

    @AfterAll
    static void stop() {
        core.close();
        edge.close();
    }

    @Test
    void standsOnNothingOfItsOwnAndIsReady() {
        assertThat(edge.folder()).doesNotExist();
        assertThat(edge.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(edge.get("/health/ready").body()).contains("\"persistence\":{\"status\":\"up\"}");
        assertThat(edge.get("/metrics").body()).contains("skelly_health_check{check=\"persistence\"} 1.0");
    }

    @Test
    void carriesOutCommandsElsewhere() {
        // Given
        edge.register("ada@example.org");
        var token = edge.signIn("ada@example.org");

        // When
        var renamed = rename(edge, token, "Ada");

        // Then
        assertThat(renamed.statusCode()).as(renamed.body()).isEqualTo(200);
        assertThat(me(core, token)).contains("\"name\":\"Ada\"");
        assertThat(me(edge, token)).contains("\"name\":\"Ada\"");
    }

    @Test
    void streamsLiveAndWhatWasMissed() {
        // Given
        core.register("bob@example.org");
        var token = core.signIn("bob@example.org");
        String live;
        try (var tab = stream(edge, token).ready()) {
            rename(core, token, "Live");
            await().until(() -> changes(tab).size() == 1);
            live = changes(tab).get(0);
        }
        rename(core, token, "Missed");
        rename(edge, token, "Missed, too");

        // When
        try (var again = stream(edge, token, "Last-Event-ID", live).ready();
                var elsewhere = stream(core, token, "Last-Event-ID", live).ready()) {
            rename(core, token, "Live again");
            await().until(() -> changes(again).size() == 3 && changes(elsewhere).size() == 3);

            // Then
            assertThat(again.heard("\"resumed\":true")).isTrue();
            assertThat(changes(again)).doesNotContain(live).doesNotHaveDuplicates();
            assertThat(changes(again)).isEqualTo(changes(elsewhere));
        }
    }

    @Test
    void endsTheStreamsOfASignInThatEnds() {
        // Given
        edge.register("eve@example.org");
        var token = edge.signIn("eve@example.org");
        try (var tab = stream(edge, token).ready()) {
            // When
            var left = core.send(core.request("/api/auth/logout")
                    .header("Authorization", "Bearer " + token)
                    .POST(BodyPublishers.noBody())
                    .build());

            // Then
            assertThat(left.statusCode()).isEqualTo(204);
            await().until(tab::ended);
            assertThat(tab.heard("\"reason\":\"auth\"")).isTrue();
            await().until(() -> get(edge, token, "/api/me").statusCode() == 401);
        }
    }

    @Test
    void takesOldCursorsForThoseOfAnotherLogAfterANewEpoch(@TempDir Path folder) {
        // Given
        core.register("ivy@example.org");
        var token = core.signIn("ivy@example.org");
        var nodes = List.of(core, edge);
        var tabs = nodes.stream().map(node -> stream(node, token).ready()).toList();
        rename(core, token, "Before");
        await().until(() -> tabs.stream().allMatch(tab -> changes(tab).size() == 1));
        var old = changes(tabs.get(0)).get(0);
        assertThat(nodes).allSatisfy(node -> assertThat(after(node, token, old)).isEqualTo(200));

        // When
        var said = CommandHere.over(core.database().address(), folder, "log", "new-epoch");

        // Then
        assertThat(said.code()).as(said.words()).isZero();
        assertThat(said.words()).containsPattern("(?m)^epoch of the log: \\d+, before: -?\\d+$");
        await().until(() -> tabs.stream().allMatch(tab -> tab.heard(OTHER_LOG)));
        await().until(() -> nodes.stream().allMatch(node -> after(node, token, old) == 422));
        rename(edge, token, "After");
        await().until(() -> tabs.stream().allMatch(tab -> changes(tab).size() == 2));
        var fresh = changes(tabs.get(1)).get(1);
        for (var node : nodes) {
            assertThat(after(node, token, fresh)).isEqualTo(200);
            try (var former = stream(node, token, "Last-Event-ID", old).ready();
                    var present = stream(node, token, "Last-Event-ID", fresh).ready()) {
                assertThat(former.heard("\"resumed\":false")).isTrue();
                assertThat(former.heard(OTHER_LOG)).isTrue();
                assertThat(present.heard("\"resumed\":true")).isTrue();
                assertThat(present.heard(OTHER_LOG)).isFalse();
            }
        }
        assertThat(tabs).noneMatch(OpenStream::ended);
        tabs.forEach(OpenStream::close);
        assertThat(get(core, core.signIn(WholeNode.ADMIN), "/api/admin/audit?actor=operator")
                        .body())
                .contains("\"log.epoch-changed\"");
    }

    private static int after(WholeNode node, String token, String cursor) {
        return get(node, token, "/api/events?type=user.updated&after=" + cursor).statusCode();
    }

    private static HttpResponse<String> get(WholeNode node, String token, String path) {
        return node.send(
                node.request(path).header("Authorization", "Bearer " + token).build());
    }

    @Test
    void changesStreamsThatAnotherNodeHolds() {
        // Given
        core.register("fay@example.org");
        core.register("gus@example.org");
        var token = core.signIn("fay@example.org");
        for (var held : List.of(edge, core)) {
            var other = held == edge ? core : edge;
            try (var tab = new OpenStream(held, "?types=user.updated", "Authorization", "Bearer " + token).ready()) {
                var connection =
                        core.read(data(tab, "skelly.hello")).path("connection").asText();
                var add = "{\"add\":{\"types\":[\"ui.clicked\"]}}";

                // When
                var foreign = change(other, core.signIn("gus@example.org"), connection, add);
                var unknown = change(other, token, connection, "{\"add\":{\"types\":[\"no.such\"]}}");
                var forbidden = change(other, token, connection, "{\"add\":{\"channels\":[\"role:admin\"]}}");
                var changed = change(other, token, connection, add);
                var clicked = post(other, token, "/api/events", CLICK);

                // Then
                assertThat(foreign.statusCode()).as(foreign.body()).isEqualTo(404);
                assertThat(unknown.statusCode()).as(unknown.body()).isEqualTo(422);
                assertThat(unknown.body()).contains("#/add/types");
                assertThat(forbidden.statusCode()).as(forbidden.body()).isEqualTo(403);
                assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
                assertThat(core.read(changed.body()).path("cursor").asText()).isNotEmpty();
                var id = core.read(clicked.body()).path("id").asText();
                await().until(() -> tab.heard(id));
            }
        }
    }

    @Test
    void emitsOverAWebSocketAndTellsWhenItHasPassed() {
        // Given
        edge.register("hal@example.org");
        var token = edge.signIn("hal@example.org");
        var vertx = Vertx.vertx();
        var port = URI.create(edge.url()).getPort();
        var socket = Waiting.on(SocketClient.connect(vertx, port, "", Map.of("Authorization", "Bearer " + token)));
        socket.ask("\"do\":\"subscribe\"");

        // When
        var emitted = socket.ask("\"do\":\"emit\"," + CLICK.substring(1, CLICK.length() - 1));
        var arrived = socket.first(message -> message.at("/event/id").equals(emitted.path("id")));
        var passed = socket.control("passed");
        var undeclared = socket.ask("\"do\":\"emit\",\"type\":\"no.such\",\"data\":{}");
        var reserved = socket.ask("\"do\":\"emit\",\"type\":\"user.registered\",\"data\":{}");
        var wrong = socket.ask("\"do\":\"emit\",\"type\":\"ui.clicked\",\"data\":{\"element\":7}");
        var late = Waiting.on(SocketClient.connect(vertx, port, "", Map.of("Authorization", "Bearer " + token)));
        var position = emitted.path("position").asText();
        var again = late.ask("\"do\":\"subscribe\",\"after\":\"" + position + "\"");

        // Then
        assertThat(emitted.path("ok").asBoolean()).as(emitted.toString()).isTrue();
        assertThat(arrived.at("/event/correlationid")).isEqualTo(emitted.path("correlation"));
        assertThat(passed.path("correlation")).isEqualTo(emitted.path("correlation"));
        for (var refused : List.of(undeclared, reserved, wrong)) {
            assertThat(refused.at("/problem/status").asInt())
                    .as(refused.toString())
                    .isBetween(403, 422);
        }
        assertThat(again.path("ok").asBoolean()).as(again.toString()).isTrue();
        assertThat(socket.closeCode()).isEqualTo(-1);
        socket.close();
        late.close();
        Waiting.on(vertx.close());
    }

    private static String data(OpenStream stream, String event) {
        var lines = stream.lines();
        return lines.get(lines.indexOf("event: " + event) + 1).substring("data: ".length());
    }

    private static HttpResponse<String> change(WholeNode node, String token, String connection, String body) {
        return post(node, token, "/api/stream/" + connection + "/subscriptions", body);
    }

    private static HttpResponse<String> post(WholeNode node, String token, String path, String body) {
        return node.send(node.request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private static OpenStream stream(WholeNode node, String token, String... more) {
        var headers = new ArrayList<>(List.of("Authorization", "Bearer " + token));
        headers.addAll(List.of(more));
        return new OpenStream(node, "", headers.toArray(String[]::new));
    }

    /* The cursors of what is about the account's fields, in the order in which they came. */
    private static List<String> changes(OpenStream stream) {
        var lines = stream.lines();
        return IntStream.range(1, lines.size())
                .filter(n -> lines.get(n).equals("event: user.updated"))
                .mapToObj(n -> lines.get(n - 1))
                .map(line -> line.substring("id: ".length()))
                .toList();
    }

    @CanIgnoreReturnValue // most only want it done
    private static HttpResponse<String> rename(WholeNode node, String token, String name) {
        return node.send(node.request("/api/me")
                .header("Authorization", "Bearer " + token)
                .header("If-Match", "*")
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
                .build());
    }

    private static String me(WholeNode node, String token) {
        return get(node, token, "/api/me").body();
    }
}
