package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.testing.ClusterSettings;
import dev.skelly.testing.LiveSocket;
import dev.skelly.testing.OpenStream;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.WholeNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code presence.online} and {@code presence.offline} over two nodes: one each for a person and stay, for those who may see them. */
class PresenceEventsIT {

    private static final String ONLINE = "presence.online";
    private static final String OFFLINE = "presence.offline";
    private static final String NAMED = "?types=presence.*";

    private static WholeNode one;
    private static WholeNode two;
    private static String admin;

    @BeforeAll
    static void start() {
        var ports = List.of(SkellyProcess.freePort(), SkellyProcess.freePort());
        one = WholeNode.start(settings(ports, 0));
        two = one.beside(settings(ports, 1));
        admin = one.signIn(WholeNode.ADMIN);
    }

    private static Map<String, String> settings(List<Integer> ports, int index) {
        var settings = new HashMap<>(ClusterSettings.of(ports, index));
        settings.put("presence.grace", "2s");
        settings.put("presence.period", "100ms");
        return settings;
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
    }

    private static OpenStream watch(WholeNode node, String query, String token) {
        return new OpenStream(node, query, "Authorization", "Bearer " + token).ready();
    }

    private static List<String> told(OpenStream stream, String id) {
        return stream.lines().stream()
                .filter(line -> line.startsWith("data: ") && line.contains("\"subject\":\"user:" + id + "\""))
                .map(line -> one.read(line.substring(6)).path("type").asText())
                .toList();
    }

    @Test
    void tellsAdministratorsOnceOfAPersonWithThreeStreamsOnTwoNodes() {
        var ann = one.register("ann@example.org");
        var token = one.signIn("ann@example.org");
        try (var here = watch(one, NAMED, admin);
                var there = watch(two, NAMED, admin)) {
            var tabs = List.of(
                    LiveSocket.open(one.url(), token),
                    LiveSocket.open(one.url(), token),
                    LiveSocket.open(two.url(), token));
            await().until(() ->
                    told(here, ann).equals(List.of(ONLINE)) && told(there, ann).equals(List.of(ONLINE)));

            tabs.forEach(LiveSocket::close);
            var again = LiveSocket.open(two.url(), token); // Within the grace time.
            var bob = one.register("bob@example.org"); // Who comes and goes meanwhile shows that time passed.
            LiveSocket.open(one.url(), one.signIn("bob@example.org")).close();
            await().until(() -> told(there, bob).equals(List.of(ONLINE, OFFLINE)));
            assertThat(told(here, ann)).containsExactly(ONLINE);
            assertThat(told(there, ann)).containsExactly(ONLINE);

            again.close();
            await().until(() -> told(here, ann).size() == 2 && told(there, ann).size() == 2);
            assertThat(told(here, ann)).containsExactly(ONLINE, OFFLINE);
            assertThat(told(there, ann)).containsExactly(ONLINE, OFFLINE);
            assertThat(here.lines())
                    .contains("event: " + ONLINE)
                    .noneMatch(line -> line.startsWith("id: ")
                            && here.lines().indexOf(line) > here.lines().indexOf("event: " + ONLINE));
        }
    }

    @Test
    void tellsNeitherThoseWhoDidNotAskNorThoseWhoMayNotSee() {
        var carl = one.register("carl@example.org");
        one.register("dora@example.org");
        var dora = one.signIn("dora@example.org");
        try (var asks = watch(one, NAMED + "&named=false", admin);
                var all = watch(one, "", admin);
                var person = watch(one, NAMED, dora)) {
            LiveSocket.open(two.url(), one.signIn("carl@example.org")).close();

            await().until(() -> told(asks, carl).equals(List.of(ONLINE, OFFLINE)));
            assertThat(asks.lines()).doesNotContain("event: " + ONLINE);
            assertThat(told(all, carl)).doesNotContain(ONLINE, OFFLINE);
            assertThat(told(person, carl)).isEmpty();
            var history = one.send(one.request("/api/events?type=" + ONLINE)
                    .header("Authorization", "Bearer " + admin)
                    .build());
            assertThat(one.read(history.body()).path("items")).isEmpty();
        }
    }

    @Test
    void tellsTheReadersOfATopicWhoIsThere() {
        var topic = "topic:feedback/events";
        var eve = one.register("eve@example.org");
        one.register("finn@example.org");
        var reader = LiveSocket.open(two.url(), one.signIn("finn@example.org"));
        reader.send("{'do':'subscribe','ref':1,'channels':['" + topic
                + "'],'types':['presence.online','presence.offline']}");
        reader.answer(1);
        var present = LiveSocket.open(one.url(), one.signIn("eve@example.org"));
        present.send("{'do':'presence','ref':2,'channel':'" + topic + "','state':{'n':1}}");
        var online = reader.await(message -> isAbout(message, ONLINE, eve));
        assertThat(online.path("event").path("data").path("channel").asText()).isEqualTo(topic);
        assertThat(online.has("id")).isFalse();

        present.send("{'do':'presence','ref':3,'channel':'" + topic + "','state':{'n':2}}");
        reader.await(message -> message.path("presence").path("updated").size() == 1);
        present.send("{'do':'presence','ref':4,'channel':'" + topic + "','state':null}");

        reader.await(message -> isAbout(message, OFFLINE, eve));
        assertThat(reader.messages().stream().filter(message -> message.has("event")))
                .hasSize(2);
        reader.close();
        present.close();
    }

    private static boolean isAbout(JsonNode message, String type, String id) {
        var event = message.path("event");
        return event.path("type").asText().equals(type)
                && event.path("data").path("userId").asText().equals(id);
    }
}
