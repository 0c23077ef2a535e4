package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** C-02, C-03, C-04: each of many readers gets each event once, streams up to the limit stay, and the next one is refused. */
class ManyReadersIT {

    private static final int READERS = Torture.times(1_000, 100);
    private static final int ROUNDS = 10;
    private static final int BATCH = 50;
    private static final Duration LAST_MAX = Duration.ofMillis(250);
    private static final int BYTES_MAX = 200_000; // Of a stream and its reader, which are both in this process.

    private final TestDatabase database = TestDatabase.fresh("security", "stream");
    private final StreamNode node = new StreamNode(database, config());
    private final HttpClient client = node.vertx.createHttpClient(
            new HttpClientOptions().setKeepAlive(false), new PoolOptions().setHttp1MaxSize(2 * READERS));

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    /* As many on the node as there are readers; no other limit is reached. */
    private static StreamConfig config() {
        var d = StreamConfig.DEFAULT;
        return new StreamConfig(
                Duration.ofMillis(500),
                d.maxAge(),
                2 * READERS,
                2 * READERS,
                READERS,
                10 * READERS,
                10 * READERS,
                d.messagesPerSecond(),
                d.behindEventsMax(),
                d.slowMax(),
                d.ringEventsMax(),
                d.ringBytesMax(),
                d.healInterval(),
                d.anonymous());
    }

    private List<SseClient> open(StreamNode.Person person) {
        var tabs = new ArrayList<SseClient>();
        for (var n = 0; n < READERS; n++) {
            var tab = SseClient.of(client, node, person, "?channels=public");
            assertThat(Waiting.on(tab.open()).statusCode()).isEqualTo(200);
            tabs.add(tab);
        }
        await().until(() -> tabs.stream().allMatch(tab -> tab.control("ready") == 1));
        return tabs;
    }

    @Test
    void eachReaderGetsEachEventOnceAndInOrder() {
        // Given
        var tabs = open(node.person());
        var expected = new ArrayList<String>();

        // When
        for (var round = 0; round < ROUNDS; round++) {
            var first = expected.size();
            var notes = IntStream.range(first, first + (round % 2 == 0 ? 1 : BATCH))
                    .mapToObj(number -> (NoteEvent) new NoteEvent.Written("public", number, "text"))
                    .toList();
            notes.forEach(note -> expected.add("note.written public " + expected.size()));
            node.append(notes);
            Waiting.on(node.relay.stamp(500));
            Torture.within(
                    "C-02, C-03 the last of " + READERS + " readers",
                    LAST_MAX,
                    () -> tabs.stream().allMatch(tab -> tab.heard().size() >= expected.size()));
        }

        // Then
        await().until(() -> tabs.stream().allMatch(tab -> tab.notes().size() >= expected.size()));
        assertThat(tabs).allSatisfy(tab -> assertThat(tab.notes()).isEqualTo(expected));
    }

    @Test
    void holdsStreamsUpToTheLimitAndRefusesTheNext() {
        // Given
        var person = node.person();
        var before = usedBytes();

        // When
        var tabs = open(person);
        var perStream = (usedBytes() - before) / READERS;
        var refused = SseClient.of(client, node, person, "");
        var answer = Waiting.on(refused.open());
        var browser = new SseClient(
                client,
                node.port(),
                "",
                Map.of("Authorization", "Bearer " + person.token(), "Accept", "text/event-stream"));
        var told = Waiting.on(browser.open());

        // Then
        System.out.println("{\"test\":\"C-04\",\"streams\":" + READERS + ",\"bytesEachWithReader\":" + perStream + "}");
        assertThat(perStream).isLessThan(BYTES_MAX);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.getHeader("Retry-After")).isEqualTo("30");
        assertThat(Waiting.on(refused.refusal())).contains("this node has reached its limit of open streams");
        assertThat(told.statusCode()).isEqualTo(200);
        await().until(() -> browser.lastControl("bye").contains("\"reason\":\"busy\""));
        await().until(() -> tabs.stream().allMatch(tab -> tab.comments() >= 2)); // Heartbeats: all are held.
        assertThat(tabs).noneMatch(SseClient::ended);
        assertThat(node.meter("skelly.stream.connections")).isEqualTo(READERS);

        tabs.get(0).cut();
        await().until(() ->
                Waiting.on(SseClient.of(client, node, person, "").open()).statusCode() == 200);
        tabs.forEach(SseClient::cut);
        await().until(() -> node.meter("skelly.stream.connections") <= 1);
    }

    private static long usedBytes() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
