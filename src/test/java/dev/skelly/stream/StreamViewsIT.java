package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sees what of an event, and who may read which channel (security tests E-02, E-03): live, from the ring and from the log. */
class StreamViewsIT {

    private static final String SECRET = "in the margin";

    private final TestDatabase database = TestDatabase.fresh("security", "stream");

    @SuppressWarnings("NullAway.Init") // started before each test
    private StreamNode node;

    @SuppressWarnings("NullAway.Init")
    private HttpClient client;

    @BeforeEach
    void start() {
        database.execute("insert into role (name, grants) values ('staff', '{}'), ('auditor', '{}')");
        start(StreamConfig.DEFAULT);
    }

    private void start(StreamConfig config) {
        node = new StreamNode(database, config);
        client = node.vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false), new PoolOptions().setHttp1MaxSize(200));
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    private SseClient ready(StreamNode.Person person, String query) {
        var tab = SseClient.of(client, node, person, query);
        assertThat(Waiting.on(tab.open()).statusCode()).isEqualTo(200);
        await().until(() -> tab.control("ready") == 1);
        return tab;
    }

    private static NoteEvent.Filed filed(UUID user, String channel, int number) {
        return new NoteEvent.Filed(user, channel, number, SECRET, "7 pounds");
    }

    private static String last(SseClient tab) {
        var heard = tab.heard();
        return heard.get(heard.size() - 1).data();
    }

    @Test
    void showsEachReaderTheFieldsOfTheirRolesLiveAndAgain() {
        // Given
        var ada = node.person();
        var other = node.person();
        var staff = node.person("staff");
        var both = node.person("auditor", "staff");
        var live = List.of(
                ready(ada, ""), ready(other, ""), ready(staff, ""), ready(both, ""), ready(other, "?named=false"));

        // When
        node.appendAndStamp(filed(ada.account(), "public", 1));
        live.forEach(
                tab -> await().until(() -> tab.notes().size() == 1 || last(tab).contains("note.filed")));
        var again = List.of(
                ready(ada, "?lastEventId=earliest"),
                ready(other, "?lastEventId=earliest"),
                ready(staff, "?lastEventId=earliest"),
                ready(both, "?lastEventId=earliest"));

        // Then
        for (var tabs : List.of(live, again)) {
            assertThat(tabs).allSatisfy(tab -> assertThat(told(tab)).contains("\"number\""));
            assertThat(told(tabs.get(0))).contains(SECRET).doesNotContain("price");
            assertThat(told(tabs.get(1))).doesNotContain("margin", SECRET, "price", "pounds");
            assertThat(told(tabs.get(2))).contains(SECRET).doesNotContain("price");
            assertThat(told(tabs.get(3))).contains(SECRET, "7 pounds");
        }
        assertThat(told(live.get(4))).doesNotContain("margin", SECRET, "price", "pounds");
    }

    private static String told(SseClient tab) {
        return tab.heard().stream()
                .map(EventStreamParser.Dispatched::data)
                .filter(data -> data.contains("note.filed"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void encodesAViewOnceForAllWhoHaveIt() {
        // Given
        var tabs = java.util.stream.Stream.generate(() -> ready(node.person(), ""))
                .limit(5)
                .toList();
        var shown = node.views.show(Envelopes.of(1, "note.filed", "{\"margin\":\"m\",\"number\":1}", "public"));
        var entry = new EncodedEvent(shown.event(), shown, node.cursors);
        var view = node.views.of(java.util.Set.of("user"));

        // When
        var one = entry.frame(view.hidden(shown, UUID.randomUUID()), FrameFormat.NAMED);
        var same = entry.frame(
                node.views.of(java.util.Set.of("user", "guest")).hidden(shown, UUID.randomUUID()), FrameFormat.NAMED);

        // Then
        assertThat(one).isSameAs(same);
        assertThat(one.toString()).doesNotContain("margin");
        assertThat(tabs).hasSize(5);
    }

    @Test
    void tellsOnlyAdministratorsOfWhatNobodyDeclares() {
        // Given
        node.append(List.of(new NoteEvent.Erased("public", 1), new NoteEvent.Erased("public", 2)));
        database.execute("update event set type = 'note.forgotten' where seq = 1");
        var live = ready(node.person(), "");
        var admin = ready(node.person("admin"), "");

        // When
        Waiting.on(node.relay.stamp(500));
        await().until(() -> live.notes().size() == 1 && admin.notes().size() == 2);
        var again = ready(node.person(), "?lastEventId=earliest");

        // Then
        assertThat(live.notes()).containsExactly("note.erased public 2");
        assertThat(again.notes()).containsExactly("note.erased public 2");
        assertThat(admin.notes().get(0)).isEqualTo("note.forgotten public 1");
    }

    @Test
    void givesOldEventsTheirPresentNameWhateverIsAskedFor() {
        // Given
        node.append(List.of(filed(UUID.randomUUID(), "public", 1)));
        database.execute("update event set type = 'note.archived'");
        var live = ready(node.person(), "?types=note.filed");

        // When
        Waiting.on(node.relay.stamp(500));
        await().until(() -> live.notes().size() == 1);
        var again = ready(node.person(), "?types=note.archived&lastEventId=earliest");

        // Then
        assertThat(live.notes()).containsExactly("note.filed public 1");
        assertThat(again.notes()).containsExactly("note.filed public 1");
    }

    @Test
    void givesATopicToThoseWhoAskForItAndMay() {
        // Given
        var ada = node.person("staff");
        var inbox = "topic:inbox/" + ada.account();
        var asking = ready(ada, "?channels=topic:feature/7," + inbox);
        var silent = ready(ada, "");

        // When
        node.appendAndStamp(
                new NoteEvent.Erased("topic:feature/7", 1),
                new NoteEvent.Erased("topic:feature/8", 2),
                new NoteEvent.Erased(inbox, 3),
                new NoteEvent.Erased("public", 4));
        await().until(() -> asking.notes().size() == 2 && silent.notes().size() == 1);
        var again = ready(ada, "?lastEventId=earliest&channels=topic:feature/8");

        // Then
        assertThat(asking.notes()).containsExactly("note.erased topic:feature/7 1", "note.erased " + inbox + " 3");
        assertThat(silent.notes()).containsExactly("note.erased public 4");
        assertThat(again.notes()).containsExactly("note.erased topic:feature/8 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topic:feature/7",
                "topic:inbox/0192f0c0-0000-7000-8000-000000000000",
                "topic:inbox/*",
                "topic:*",
                "topic:unheard-of/1",
                "role:admin",
                "role:*",
                "role:self",
                "self",
                "user:0192f0c0-0000-7000-8000-000000000000",
                "user:*",
                "*",
                "public,role:staff",
                "topic:inbox/",
                "topic:inbox/..%2f..%2frole:admin"
            })
    void refusesForeignChannelsLiveAndAgain(String channels) {
        for (var query : List.of("", "&lastEventId=earliest")) {
            var tab = SseClient.of(client, node, node.person(), "?channels=" + channels + query);

            assertThat(Waiting.on(tab.open()).statusCode()).as(channels).isIn(403, 422);
            assertThat(Waiting.on(tab.refusal())).containsPattern("forbidden|unknown-channel");
        }
    }

    @Test
    void letsNobodyInWhoShowsNothingUnlessTheOperatorWantsIt() {
        // Given
        var shut = new SseClient(client, node.port(), "", Map.of());
        assertThat(Waiting.on(shut.open()).statusCode()).isEqualTo(401);
        node.close();
        start(anonymous());

        // When
        var tab = new SseClient(client, node.port(), "?lastEventId=latest", Map.of());
        assertThat(Waiting.on(tab.open()).statusCode()).isEqualTo(200);
        await().until(() -> tab.control("ready") == 1);
        node.appendAndStamp(
                new NoteEvent.Erased("role:user", 1),
                filed(UUID.randomUUID(), "public", 2),
                new NoteEvent.Erased("public", 3));
        await().until(() -> tab.notes().size() == 2);

        // Then
        assertThat(tab.notes()).containsExactly("note.filed public 2", "note.erased public 3");
        assertThat(told(tab)).doesNotContain("margin", "price");
        for (var channel : List.of("role:user", "topic:feature/7", "user:" + new UUID(0, 0))) {
            var asking = new SseClient(client, node.port(), "?channels=" + channel, Map.of());
            assertThat(Waiting.on(asking.open()).statusCode()).isEqualTo(401);
        }
    }

    private static StreamConfig anonymous() {
        var d = StreamConfig.DEFAULT;
        return new StreamConfig(
                d.heartbeat(),
                d.maxAge(),
                d.connectionsPerUser(),
                d.connectionsPerAddress(),
                d.connectionsPerNode(),
                d.connectsPerSecond(),
                d.connectsPerAddress(),
                d.messagesPerSecond(),
                d.behindEventsMax(),
                d.slowMax(),
                d.ringEventsMax(),
                d.ringBytesMax(),
                d.healInterval(),
                true);
    }
}
