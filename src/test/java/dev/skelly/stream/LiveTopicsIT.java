package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.testing.ClusterSettings;
import dev.skelly.testing.LiveSocket;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.WholeNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signals and presence over two nodes: who is told what, who is counted, and what is refused. */
class LiveTopicsIT {

    private static int tests;
    private final String topic = "topic:feedback/live-" + ++tests;
    private final String path = "/api/presence/" + topic.replace("/", "%2F");
    private static WholeNode one;
    private static WholeNode two;
    private static String ann;
    private static String bob;
    private static String annId;
    private final List<LiveSocket> sockets = new ArrayList<>();

    @BeforeAll
    static void start() {
        var ports = List.of(SkellyProcess.freePort(), SkellyProcess.freePort());
        one = WholeNode.start(settings(ports, 0));
        two = one.beside(settings(ports, 1));
        annId = one.register("ann@example.org");
        one.register("bob@example.org");
        ann = one.signIn("ann@example.org");
        bob = one.signIn("bob@example.org");
    }

    private static Map<String, String> settings(List<Integer> ports, int index) {
        var settings = new HashMap<>(ClusterSettings.of(ports, index));
        settings.put("presence.grace", "1s");
        settings.put("presence.period", "100ms");
        return settings;
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
    }

    @AfterEach
    void leave() {
        sockets.forEach(LiveSocket::close);
        await().until(() -> people(bob, two).isEmpty());
    }

    private LiveSocket open(WholeNode node, String token) {
        var socket = LiveSocket.open(node.url(), token);
        sockets.add(socket);
        socket.send("{'do':'subscribe','ref':1,'channels':['" + topic + "']}");
        assertThat(socket.answer(1).path("ok").asBoolean()).isTrue();
        return socket;
    }

    @CanIgnoreReturnValue
    private static HttpResponse<String> call(WholeNode node, String token, String method, String path, String body) {
        return node.send(node.request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
    }

    private List<String> people(String token, WholeNode node) {
        var page = node.read(call(node, token, "GET", path, "").body());
        var ids = new ArrayList<String>();
        page.path("items").forEach(item -> ids.add(item.path("id").asText()));
        return ids;
    }

    private static boolean tells(JsonNode message, String list, String id) {
        var people = message.path("presence").path(list);
        return IntStream.range(0, people.size())
                .anyMatch(place -> people.get(place).path("id").asText().equals(id));
    }

    @Test
    void passesASignalToTheReadersOfAllNodesAndStampsItsSender() {
        var here = open(one, ann);
        var there = open(two, bob);

        here.send("{'do':'signal','channel':'" + topic + "','name':'typing','data':{'at':3}}");
        var heard = there.await(message -> message.has("signal")).path("signal");

        assertThat(heard.path("channel").asText()).isEqualTo(topic);
        assertThat(heard.path("name").asText()).isEqualTo("typing");
        assertThat(heard.path("from").path("id").asText()).isEqualTo(annId);
        assertThat(heard.path("data").path("at").asInt()).isEqualTo(3);
        assertThat(here.await(message -> message.path("ok").asBoolean() && !message.has("ref")))
                .isNotNull();
    }

    @Test
    void countsAPersonWithThreeTabsOnTwoNodesOnce() {
        var watcher = open(two, bob);
        for (var tab : List.of(open(one, ann), open(one, ann), open(two, ann))) {
            tab.send("{'do':'presence','ref':2,'channel':'" + topic + "','state':{'mood':'fine'}}");
            assertThat(tab.answer(2).path("ok").asBoolean()).isTrue();
        }
        watcher.await(message -> tells(message, "joined", annId));

        await().until(() ->
                people(bob, one).equals(List.of(annId)) && people(bob, two).equals(List.of(annId)));
        assertThat(watcher.messages().stream().filter(message -> tells(message, "joined", annId)))
                .hasSize(1);
    }

    @Test
    void keepsAPersonThroughAReconnectAndTellsWhenTheLastTabIsGone() {
        var watcher = open(two, bob);
        var first = open(one, ann);
        first.send("{'do':'presence','ref':2,'channel':'" + topic + "','state':{'n':1}}");
        watcher.await(message -> tells(message, "joined", annId));

        first.close();
        var second = open(two, ann);
        second.send("{'do':'presence','ref':2,'channel':'" + topic + "','state':{'n':2}}");
        watcher.await(message -> tells(message, "updated", annId));
        assertThat(watcher.messages()).noneMatch(message -> tells(message, "left", annId));

        second.close();
        var left = watcher.await(message -> tells(message, "left", annId));
        assertThat(left.path("presence").path("left").get(0).path("lastSeen").asText())
                .isNotEmpty();
    }

    @Test
    void beginsWithEveryoneWhoIsThereAndLeavesWhenAsked() {
        var first = open(one, ann);
        first.send("{'do':'presence','ref':2,'channel':'" + topic + "','state':{}}");
        assertThat(first.answer(2).has("problem")).isFalse();
        await().until(() -> people(bob, two).contains(annId));

        var second = open(two, bob);
        second.send("{'do':'presence','ref':2,'channel':'" + topic + "','state':{}}");
        second.answer(2);
        assertThat(second.messages().stream().filter(message -> tells(message, "joined", annId)))
                .isNotEmpty();

        first.send("{'do':'presence','ref':3,'channel':'" + topic + "','state':null}");
        second.await(message -> tells(message, "left", annId));
        assertThat(people(bob, two)).doesNotContain(annId);
    }

    @Test
    void keepsAPresenceByRequestsUntilItIsDeleted() {
        var put = call(one, ann, "PUT", path, "{\"state\":{\"n\":1},\"holder\":\"tab-1\"}");
        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(put.body()).contains(annId).contains("\"n\":1");
        call(one, ann, "PUT", path, "{\"state\":{\"n\":2},\"holder\":\"tab-2\"}");
        await().until(() -> people(bob, two).equals(List.of(annId)));

        assertThat(call(one, ann, "DELETE", path + "?holder=tab-1", "").statusCode())
                .isEqualTo(204);
        assertThat(people(bob, one)).containsExactly(annId);
        assertThat(call(one, ann, "DELETE", path + "?holder=tab-2", "").statusCode())
                .isEqualTo(204);
        await().until(() -> people(bob, two).isEmpty());
    }

    @Test
    void refusesWhatIsNoSignalAndNoPresenceAndGoesOn() {
        var socket = open(one, ann);
        var bad = List.of(
                "{'do':'signal','ref':10,'channel':'role:admin','name':'typing'}",
                "{'do':'signal','ref':11,'channel':'topic:unheard/1','name':'typing'}",
                "{'do':'signal','ref':12,'channel':'public','name':'typing'}",
                "{'do':'signal','ref':13,'channel':'" + topic + "','name':'Not a name'}",
                "{'do':'signal','ref':14,'channel':'" + topic + "','name':'big','data':'" + "x".repeat(8 * 1024) + "'}",
                "{'do':'presence','ref':15,'channel':'" + topic + "','state':[1]}",
                "{'do':'presence','ref':16,'channel':'" + topic + "'}",
                "{'do':'presence','ref':17,'channel':'" + topic + "','state':{'x':'" + "x".repeat(2 * 1024) + "'}}",
                "{'do':'presence','ref':18,'channel':'role:admin','state':{}}");
        bad.forEach(socket::send);
        var statuses = IntStream.rangeClosed(10, 18)
                .map(ref -> socket.answer(ref).path("problem").path("status").asInt())
                .boxed()
                .toList();

        assertThat(statuses).containsExactly(403, 422, 422, 422, 413, 422, 422, 413, 403);
        assertThat(people(bob, one)).isEmpty();
        socket.send("{'do':'ping'}");
        socket.await(message -> message.path("pong").asBoolean());
    }

    @Test
    void boundsTheSignalsOfAPerson() {
        one.register("eve@example.org"); // The other tests have used up some of the signals of the others.
        var socket = open(one, one.signIn("eve@example.org"));
        for (var n = 0; n < 40; n++) {
            socket.send("{'do':'signal','ref':" + (100 + n) + ",'channel':'" + topic + "','name':'typing'}");
        }
        var refused = IntStream.range(100, 140)
                .filter(ref -> socket.answer(ref).path("problem").path("status").asInt() == 429)
                .count();

        assertThat(refused).isBetween(1L, 20L);
    }
}
