package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.auth.SecurityConfig;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.eventlog.EventBlockTable;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many readers, a bad wire, slow sockets: nobody misses anything, and nobody pays for somebody else. */
class StreamTortureIT {

    /** Two events are for everybody, all others are for administrators and a person each. */
    private static final String FILL = """
            insert into event (position, id, type, source, subject, subject_version, correlation, time, channels, data)
            select n, gen_random_uuid(), case when rare then 'note.erased' else 'note.written' end, '/skelly/notes', 'note:' || n, 1,
              gen_random_uuid(), now(), case when rare then array['public'] else array['role:admin', 'user:' || gen_random_uuid()] end,
              json_build_object('channel', case when rare then 'public' else 'role:admin' end, 'number', n, 'text', 'text')
            from (select n, n in (%2$d, %3$d) as rare from generate_series(1, %1$d) n) written
            order by n
            """;

    private final TestDatabase database = TestDatabase.fresh("security", "stream");

    @SuppressWarnings("NullAway.Init") // each test starts it as it needs it
    private StreamNode node;

    @SuppressWarnings("NullAway.Init")
    private HttpClient client;

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    private void start(int behindEventsMax, Duration slowMax, int ringEventsMax, Duration heal, boolean direct) {
        var d = StreamConfig.DEFAULT;
        node = new StreamNode(
                database,
                new StreamConfig(
                        Duration.ofSeconds(1),
                        d.maxAge(),
                        1_000,
                        1_000,
                        d.connectionsPerNode(),
                        1_000,
                        1_000,
                        d.messagesPerSecond(),
                        behindEventsMax,
                        slowMax,
                        ringEventsMax,
                        d.ringBytesMax(),
                        heal,
                        d.anonymous()),
                SecurityConfig.DEFAULT,
                direct);
        client = node.vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false), new PoolOptions().setHttp1MaxSize(1_000));
    }

    private SseClient ready(StreamNode.Person person, String query) {
        var tab = SseClient.of(client, node, person, query);
        assertThat(Waiting.on(tab.open()).statusCode()).isEqualTo(200);
        await().until(() -> tab.control("ready") >= 1);
        return tab;
    }

    private static NoteEvent note(String channel, int number, String text) {
        return new NoteEvent.Written(channel, number, text);
    }

    @Test
    void missesNothingAndKeepsTheOrderOverABadWireAndRandomDisconnects() {
        start(100_000, Duration.ofSeconds(30), 200, Duration.ofMillis(200), true);
        var seed = Torture.seed("stream");
        var random = new Random(seed);
        var wire = new BadWire(new Random(random.nextLong()));
        node.relay.wire(wire::carry);
        var people = IntStream.range(0, 15)
                .mapToObj(i -> i % 5 == 0 ? node.person("admin") : node.person())
                .toList();
        var tabs = people.stream().map(person -> ready(person, "")).toList();

        var expected = new ArrayList<List<String>>();
        people.forEach(person -> expected.add(new ArrayList<>()));
        for (var round = 0; round < 150; round++) {
            var notes = new ArrayList<NoteEvent>();
            for (var i = 0; i < 1 + random.nextInt(8); i++) {
                var channel = channel(random, people);
                notes.add(note(channel, round * 100 + i, "x".repeat(random.nextInt(200))));
                for (var reader = 0; reader < people.size(); reader++) {
                    if (reads(people.get(reader), reader, channel)) {
                        expected.get(reader).add("note.written " + channel + " " + (round * 100 + i));
                    }
                }
            }
            node.append(notes);
            Waiting.on(node.relay.stamp(3));
            var tab = tabs.get(random.nextInt(tabs.size()));
            tab.cut();
            Waiting.on(tab.open());
        }

        assertEverythingArrived(tabs, expected, seed);
        assertThat(node.meter("skelly.stream.heals")).isPositive();
    }

    private static void assertEverythingArrived(List<SseClient> tabs, List<List<String>> expected, long seed) {
        for (var reader = 0; reader < tabs.size(); reader++) {
            var tab = tabs.get(reader);
            var all = expected.get(reader);
            await().untilAsserted(() -> assertThat(tab.notes()).hasSize(all.size()));
            assertThat(tab.notes()).as("seed %d, reader %d", seed, reader).isEqualTo(all);
            assertThat(tab.control("gap")).isZero();
        }
    }

    private static String channel(Random random, List<StreamNode.Person> people) {
        return switch (random.nextInt(4)) {
            case 0 -> "public";
            case 1 -> "role:admin";
            default -> people.get(random.nextInt(people.size())).channel();
        };
    }

    private static boolean reads(StreamNode.Person person, int number, String channel) {
        return channel.equals("public")
                || channel.equals(person.channel())
                || (channel.equals("role:admin") && number % 5 == 0);
    }

    @Test
    void holdsNothingForASocketThatTakesNothingAndGivesItAllLater() {
        start(100_000, Duration.ofSeconds(60), 500, Duration.ofSeconds(5), true);
        var slow = ready(node.person(), "");
        var fast = ready(node.person(), "");
        slow.pause();

        append(40, 250, 2_000);
        await().until(() -> fast.notes().size() == 10_000);
        var behind = node.meter("skelly.stream.behind");
        slow.resume();
        await().until(() -> slow.notes().size() == 10_000);

        assertThat(behind).isEqualTo(1);
        assertThat(slow.notes()).isEqualTo(fast.notes());
        assertThat(node.meter("skelly.stream.behind")).isZero();
    }

    @Test
    void endsAStreamWhoseSocketTakesNothingForTooLong() {
        start(100_000, Duration.ofMillis(500), 500, Duration.ofSeconds(5), true);
        var slow = ready(node.person(), "");
        var fast = ready(node.person(), "");
        slow.pause();

        append(40, 250, 2_000);
        await().until(() -> node.meter("skelly.stream.connections") == 1);
        await().until(() -> fast.notes().size() == 10_000);
        slow.resume();
        await().until(slow::ended);
        Waiting.on(slow.open());
        await().until(() -> slow.notes().size() == 10_000);

        assertThat(node.meter("skelly.stream.byes")).isEqualTo(1);
        assertThat(slow.notes()).isEqualTo(fast.notes());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsAReaderFromTooFarBackToReloadAndGoesOnFromNow(boolean direct) {
        start(1_000, Duration.ofSeconds(30), 500, Duration.ofSeconds(5), direct);
        var tab = ready(node.person(), "");
        tab.cut();
        append(5, 250, 10);

        Waiting.on(tab.open());
        await().until(() -> tab.control("ready") == 2);
        append(1, 1, 10);
        await().until(() -> tab.notes().size() == 1);

        assertThat(tab.lastControl("gap")).isEqualTo("{\"reason\":\"too-far\"}");
        assertThat(tab.lastControl("hello")).contains("\"resumed\":false");
    }

    @Test
    void findsTwoEventsAmongManyFromTheBeginningAndCountsOnlyThem() {
        // Given
        var many = Torture.times(1_000_000, 6_000);
        database.execute(FILL.formatted(many, many / 3, many / 3 * 2));
        database.execute("analyze event");
        start(1_000, Duration.ofSeconds(30), 500, Duration.ofSeconds(5), true);
        var rare = List.of("note.erased public " + many / 3, "note.erased public " + many / 3 * 2);
        var walked = SseClient.of(client, node, node.person(), "?after=earliest");
        var began = System.nanoTime();
        assertThat(Waiting.on(walked.open()).statusCode()).isEqualTo(200);
        await().until(() -> walked.notes().size() == 2);
        System.out.println("{\"events\":%d,\"twoByWindowMs\":%d}"
                .formatted(many, Duration.ofNanos(System.nanoTime() - began).toMillis()));

        // When
        while (Waiting.on(EventBlockTable.write(database.pool()))) {
            assertThat(walked.ended()).isFalse();
        }

        // Then
        assertThat(firstOf("by channel", SseClient.of(client, node, node.person(), "?after=earliest")))
                .isEqualTo(rare);
        assertThat(firstOf(
                        "by type",
                        SseClient.of(client, node, node.person("admin"), "?after=earliest&types=note.erased")))
                .isEqualTo(rare);
        var all = ready(node.person("admin"), "?after=earliest");
        assertThat(all.lastControl("gap")).isEqualTo("{\"reason\":\"too-far\"}");
        assertThat(all.notes()).isEmpty();
    }

    private static List<String> firstOf(String how, SseClient tab) {
        var opened = tab.open();
        Torture.within(
                "first of two events " + how,
                Duration.ofMillis(200),
                () -> !tab.notes().isEmpty());
        assertThat(Waiting.on(opened).statusCode()).isEqualTo(200);
        await().until(() -> tab.control("ready") == 1);
        assertThat(tab.control("gap")).isZero();
        return tab.notes();
    }

    @Test
    void beginsAnewWithEverybodyWhenTheLogIsSetBack() {
        start(100_000, Duration.ofSeconds(30), 500, Duration.ofMillis(200), true);
        var tab = ready(node.person(), "");
        append(1, 20, 10);
        await().until(() -> tab.notes().size() == 20);

        database.execute("delete from event where position > 10");
        await().until(() -> tab.control("gap") == 1);
        append(1, 1, 10);
        await().until(() -> tab.notes().size() == 21);

        assertThat(tab.lastControl("gap")).isEqualTo("{\"reason\":\"other-log\"}");
        assertThat(tab.lastEventId()).isEqualTo(node.cursors.position(11));
    }

    @Test
    void sendsEverythingAfterTheGapOfARestoredLogWithANewEpoch() {
        // Given: this node has had readers only since position 20
        start(100_000, Duration.ofSeconds(30), 500, Duration.ofMillis(200), true);
        append(1, 20, 10);
        var tab = ready(node.person(), "");
        var old = node.cursors.position(5);

        // When
        database.execute(
                "with gone as (delete from event where position > 10) update log_identity set epoch = epoch / 2");
        await().until(() -> tab.control("gap") == 1);
        append(1, 5, 10);
        await().until(() -> tab.notes().size() == 5);
        var former = ready(node.person(), "?after=" + old);

        // Then
        assertThat(tab.lastControl("gap")).isEqualTo("{\"reason\":\"other-log\"}");
        assertThat(tab.lastEventId())
                .isEqualTo(Waiting.on(CursorCodec.load(database.pool())).position(15));
        assertThat(former.lastControl("gap")).isEqualTo("{\"reason\":\"other-log\"}");
        assertThat(former.lastControl("hello")).contains("\"resumed\":false");
    }

    private void append(int batches, int events, int chars) {
        var text = "x".repeat(chars);
        for (var batch = 0; batch < batches; batch++) {
            var first = batch * events;
            node.append(IntStream.range(0, events)
                    .mapToObj(i -> note("public", first + i, text))
                    .toList());
            Waiting.on(node.relay.stamp(500));
        }
    }
}
