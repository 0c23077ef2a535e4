package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.auth.SecurityConfig;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How streams begin and end: who may open one, how many, for how long, and what they are told. */
class StreamLifeIT {

    private final TestDatabase database = TestDatabase.fresh("security", "stream");
    private final List<StreamNode> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(StreamNode::close);
        database.close();
    }

    private StreamNode node(StreamConfig config) {
        return node(config, SecurityConfig.DEFAULT, true);
    }

    private StreamNode node(StreamConfig config, SecurityConfig security, boolean direct) {
        var node = new StreamNode(database, config, security, direct);
        nodes.add(node);
        return node;
    }

    private static HttpClient client(StreamNode node) {
        return node.vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false), new PoolOptions().setHttp1MaxSize(500));
    }

    private static StreamConfig config(Duration heartbeat, Duration maxAge, int perUser, int perSecond) {
        var d = StreamConfig.DEFAULT;
        return new StreamConfig(
                heartbeat,
                maxAge,
                perUser,
                perUser + 1,
                d.connectionsPerNode(),
                perSecond,
                perSecond,
                d.messagesPerSecond(),
                d.behindEventsMax(),
                d.slowMax(),
                d.ringEventsMax(),
                d.ringBytesMax(),
                d.healInterval(),
                d.anonymous());
    }

    private static SseClient ready(StreamNode node, StreamNode.Person person, String query) {
        var tab = SseClient.of(client(node), node, person, query);
        assertThat(Waiting.on(tab.open()).statusCode()).isEqualTo(200);
        await().until(() -> tab.control("ready") == 1);
        return tab;
    }

    private static NoteEvent note(String channel, int number) {
        return new NoteEvent.Written(channel, number, "text");
    }

    private static int status(StreamNode node, String query, Map<String, String> headers) {
        return Waiting.on(new SseClient(client(node), node.port(), query, headers).open())
                .statusCode();
    }

    @Test
    void opensForACookieOfOurOwnPageOnly() {
        var node = node(StreamConfig.DEFAULT);
        var cookie = "session=" + node.person().token();

        assertThat(status(node, "", Map.of("Cookie", cookie, "Sec-Fetch-Site", "same-origin")))
                .isEqualTo(200);
        assertThat(status(
                        node,
                        "",
                        Map.of("Cookie", cookie, "Sec-Fetch-Site", "cross-site", "Origin", "http://evil.example")))
                .isEqualTo(403);
        assertThat(status(node, "", Map.of("Cookie", "session=forged"))).isEqualTo(401);
    }

    @Test
    void saysOnlyOftenEnoughThatItIsThereAndMovesTheCursor() {
        var node = node(config(Duration.ofMillis(300), Duration.ofMinutes(10), 12, 100));
        var tab = ready(node, node.person(), "?types=note.erased");
        node.appendAndStamp(note("public", 1));

        await().until(() -> tab.comments() >= 3);

        assertThat(tab.notes()).isEmpty();
        assertThat(tab.lastEventId()).isEqualTo(node.cursors.position(1));
    }

    @Test
    void endsAStreamAtItsAgeAndGoesOnWithoutAGap() {
        var node = node(config(Duration.ofMillis(200), Duration.ofMillis(500), 12, 100));
        var person = node.person();
        var tab = ready(node, person, "");
        await().until(tab::ended);
        node.appendAndStamp(note("public", 1));

        Waiting.on(tab.open());
        await().until(() -> !tab.notes().isEmpty());

        assertThat(tab.lastControl("bye")).isEqualTo("{\"reason\":\"max-age\",\"retryMs\":3000}");
        assertThat(tab.lastControl("hello")).contains("\"resumed\":true");
    }

    @Test
    void neverOutlivesItsToken() {
        var s = SecurityConfig.DEFAULT;
        var brief = new SecurityConfig(
                s.masterKey(),
                s.issuer(),
                s.audience(),
                Duration.ofSeconds(2),
                s.tokenLeeway(),
                s.passwordMemoryKib(),
                s.passwordIterations(),
                s.passwordsAtOnce(),
                s.passwordsWaitingMax());
        var node = node(config(Duration.ofMillis(200), Duration.ofMinutes(10), 12, 100), brief, true);

        var tab = ready(node, node.person(), "");
        await().until(tab::ended);

        assertThat(tab.lastControl("bye")).startsWith("{\"reason\":\"auth\"");
    }

    @Test
    void boundsTheStreamsOfAPersonOfAnAddressAndOfASecond() {
        var node = node(config(Duration.ofSeconds(15), Duration.ofMinutes(10), 2, 100));
        var person = node.person();
        var first = ready(node, person, "");
        var second = ready(node, person, "");
        assertThat(second.ended()).isFalse();

        var third = Waiting.on(SseClient.of(client(node), node, person, "").open());
        var other = ready(node, node.person(), "");
        var another =
                Waiting.on(SseClient.of(client(node), node, node.person(), "").open());
        first.cut();
        await().until(() -> node.meter("skelly.stream.connections") == 2);

        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.getHeader("Retry-After")).isEqualTo("30");
        assertThat(another.statusCode()).isEqualTo(429);
        assertThat(other.ended()).isFalse();
        assertThat(ready(node, person, "").ended()).isFalse();
    }

    @Test
    void letsNoMoreInThanASecondMayBring() {
        var node = node(config(Duration.ofSeconds(15), Duration.ofMinutes(10), 100, 5));
        var person = node.person();

        var answers = Waiting.on(Future.all(IntStream.range(0, 30)
                .mapToObj(i -> SseClient.of(client(node), node, person, "").open())
                .toList()));
        var refused = answers.<HttpClientResponse>list().stream()
                .filter(head -> head.statusCode() == 503)
                .toList();

        assertThat(refused).hasSizeBetween(15, 25);
        assertThat(refused.get(0).getHeader("Retry-After")).isEqualTo("1");
    }

    @Test
    void saysGoodByeWhenTheNodeGoes() {
        var node = node(StreamConfig.DEFAULT);
        var person = node.person();
        var tabs = IntStream.range(0, 10).mapToObj(i -> ready(node, person, "")).toList();

        node.drain();
        await().until(() -> tabs.stream().allMatch(SseClient::ended));

        assertThat(tabs).allSatisfy(tab -> assertThat(tab.lastControl("bye")).startsWith("{\"reason\":\"drain\""));
        assertThat(tabs.stream().map(tab -> tab.lastControl("bye")).distinct().count())
                .isGreaterThan(5);
        assertThat(status(node, "", Map.of("Authorization", "Bearer " + person.token())))
                .isEqualTo(503);
        assertThat(node.meter("skelly.stream.connections")).isZero();
    }

    @Test
    void readsTheLogThroughAnotherNodesPersistence() {
        var node = node(StreamConfig.DEFAULT, SecurityConfig.DEFAULT, false);
        var person = node.person();
        node.appendAndStamp(note("public", 1), note("user:" + UUID.randomUUID(), 2), note("public", 3));
        var write = node.append(List.of(note("public", 4)));
        Waiting.on(node.relay.stamp(10));

        var tab = ready(node, person, "?lastEventId=earliest");
        var after = ready(node, person, "?lastEventId=" + node.cursors.write(write));
        node.appendAndStamp(note("public", 5));
        await().until(() -> after.notes().size() == 1 && tab.notes().size() == 4);

        assertThat(tab.notes())
                .containsExactly(
                        "note.written public 1",
                        "note.written public 3",
                        "note.written public 4",
                        "note.written public 5");
        assertThat(after.notes()).containsExactly("note.written public 5");
    }
}
