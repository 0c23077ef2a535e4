package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.auth.RightsTable;
import dev.skelly.auth.SecurityConfig;
import dev.skelly.event.Event;
import dev.skelly.feature.Problem;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import dev.skelly.testkit.TestPlatform;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that are sealed in the log are opened on streams for those who see them, and hold up nobody else. */
class StreamUnsealingIT {

    private static final String SECRET = "under the rose";

    @SuppressWarnings("NullAway.Init") // opened before all tests
    private static TestDatabase database;

    private final String channel = "topic:feature/" + UUID.randomUUID(); // So that no test hears of another.
    private final String query = "?channels=" + channel;

    @SuppressWarnings("NullAway.Init") // started before each test
    private StreamNode node;

    @SuppressWarnings("NullAway.Init")
    private HttpClient client;

    @BeforeAll
    static void open() {
        database = TestDatabase.fresh("security", "stream", "privacy");
        database.execute(
                "insert into role (name, grants) values ('staff', '{}')," + " ('porter', array['read:topic:*'])");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void start() {
        start(StreamConfig.DEFAULT, true);
    }

    private void start(StreamConfig config, boolean direct) {
        node = new StreamNode(database, config, SecurityConfig.DEFAULT, direct);
        client = node.vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false), new PoolOptions().setHttp1MaxSize(200));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private SseClient ready(StreamNode at, StreamNode.Person person, String more) {
        var tab = SseClient.of(client, at, person, query + more);
        assertThat(Waiting.on(tab.open()).statusCode()).isEqualTo(200);
        await().until(() -> tab.control("ready") == 1);
        return tab;
    }

    private SseClient ready(StreamNode.Person person, String more) {
        return ready(node, person, more);
    }

    private NoteEvent.Whispered whispered(UUID user, int number) {
        return new NoteEvent.Whispered(user, channel, number, SECRET + " " + number);
    }

    private NoteEvent.Erased open(int number) {
        return new NoteEvent.Erased(channel, number);
    }

    private static List<String> numbers(SseClient tab) {
        return tab.notes().stream()
                .map(note -> note.substring(note.lastIndexOf(' ') + 1))
                .toList();
    }

    private static void heard(SseClient tab, int events) {
        await().until(() -> tab.notes().size() >= events);
        assertThat(numbers(tab))
                .isEqualTo(IntStream.rangeClosed(1, events)
                        .mapToObj(String::valueOf)
                        .toList());
    }

    private static long secrets(SseClient tab) {
        return tab.heard().stream()
                .filter(event -> event.data().contains("\"secret\":\"" + SECRET))
                .count();
    }

    private static long traces(SseClient tab) {
        return tab.heard().stream()
                .filter(event -> event.data().contains("secret") || event.data().contains(SECRET))
                .count();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void showsThemLiveAndAgainToThoseWhoSeeThemWhereverTheKeysAre(boolean direct) {
        // Given: with a database, and without one, asking over the bus
        node.close();
        start(direct ? StreamConfig.DEFAULT : shortRing(), direct);
        var ada = node.person("porter");
        var live = List.of(ready(ada, ""), ready(node.person("staff"), ""), ready(node.person("porter"), ""));

        // When
        node.appendAndStamp(open(1), whispered(ada.account(), 2), whispered(ada.account(), 3), open(4));
        live.forEach(tab -> heard(tab, 4));
        var again = List.of(
                ready(ada, "&lastEventId=earliest"),
                ready(node.person("staff"), "&lastEventId=earliest"),
                ready(node.person("porter"), "&lastEventId=earliest"));

        // Then
        for (var tabs : List.of(live, again)) {
            tabs.forEach(tab -> heard(tab, 4));
            assertThat(tabs).extracting(StreamUnsealingIT::secrets).containsExactly(2L, 2L, 0L);
            assertThat(traces(tabs.get(2))).isZero();
        }
    }

    /* So short that what comes again comes from the log. */
    private static StreamConfig shortRing() {
        var shipped = StreamConfig.DEFAULT;
        return new StreamConfig(
                shipped.heartbeat(),
                shipped.maxAge(),
                shipped.connectionsPerUser(),
                shipped.connectionsPerAddress(),
                shipped.connectionsPerNode(),
                shipped.connectsPerSecond(),
                shipped.connectsPerAddress(),
                shipped.messagesPerSecond(),
                shipped.behindEventsMax(),
                shipped.slowMax(),
                1,
                shipped.ringBytesMax(),
                shipped.healInterval(),
                false);
    }

    @Test
    void keepsTheOrderWhileAKeyIsAwaitedAndDelaysNobodyElse() {
        // Given
        var ada = UUID.randomUUID();
        var staff = ready(node.person("staff"), "");
        var other = ready(node.person("porter"), "");
        node.keys.shut();

        // When
        node.appendAndStamp(open(1), whispered(ada, 2), open(3));
        node.appendAndStamp(open(4), whispered(ada, 5), open(6));
        heard(other, 6);
        await().until(() -> node.keys.asked() == 1);

        // Then
        assertThat(numbers(staff)).containsExactly("1");
        node.keys.open();
        heard(staff, 6);
        assertThat(secrets(staff)).isEqualTo(2);
        node.appendAndStamp(open(7), whispered(ada, 8));
        heard(staff, 8);
        await().until(() -> node.meter("skelly.stream.behind") == 0);
    }

    @Test
    void asksOnceForManyWhoWait() {
        // Given
        var staff =
                Stream.generate(() -> ready(node.person("staff"), "")).limit(40).toList();

        // When
        node.appendAndStamp(whispered(UUID.randomUUID(), 1));

        // Then
        staff.forEach(tab -> heard(tab, 1));
        assertThat(staff).allMatch(tab -> secrets(tab) == 1);
        assertThat(node.keys.asked()).isBetween(1, 4 * Runtime.getRuntime().availableProcessors());
    }

    @Test
    void goesOnWhereKeysWereOutOfReachAndEndsOnlyWhomABugConcerns() {
        // Given
        var staff = ready(node.person("staff"), "");
        var other = ready(node.person("porter"), "");

        // When
        node.keys.fail(Problem.unavailable("no database", Duration.ofSeconds(1)));
        node.appendAndStamp(whispered(UUID.randomUUID(), 1), open(2));
        heard(other, 2);
        await().until(() -> node.keys.asked() >= 2);
        node.keys.fail(null);

        // Then
        heard(staff, 2);
        assertThat(secrets(staff)).isEqualTo(1);
        node.keys.fail(new IllegalStateException("no master key"));
        node.appendAndStamp(whispered(UUID.randomUUID(), 3), open(4));
        await().until(staff::ended);
        heard(other, 4);
        assertThat(numbers(staff)).containsExactly("1", "2");
        assertThat(other.ended()).isFalse();
    }

    @Test
    void goesOnAtAnotherNodeWithWhatWasMissed() {
        try (var there = new StreamNode(database, StreamConfig.DEFAULT, SecurityConfig.DEFAULT, false)) {
            // Given
            var ada = UUID.randomUUID();
            var person = node.person("staff");
            var here = ready(person, "");
            node.appendAndStamp(open(1), whispered(ada, 2));
            heard(here, 2);
            here.cut();
            node.appendAndStamp(whispered(ada, 3), open(4), whispered(UUID.randomUUID(), 5));

            // When
            var next = SseClient.of(client, there, person, query);
            next.lastEventId(here.lastEventId());
            assertThat(Waiting.on(next.open()).statusCode()).isEqualTo(200);
            await().until(() -> next.notes().size() == 3);

            // Then
            assertThat(numbers(next)).containsExactly("3", "4", "5");
            assertThat(secrets(next)).isEqualTo(2);
        }
    }

    @Test
    void replaysWhatIsLeftOfSomebodyErasedInTheSameOrder() {
        // Given
        var ada = UUID.randomUUID();
        var staff = ready(node.person("staff"), "");
        var events = new ArrayList<Event>();
        IntStream.rangeClosed(1, 9).forEach(n -> events.add(n % 3 == 0 ? whispered(ada, n) : open(n)));
        node.appendAndStamp(events.toArray(Event[]::new));
        heard(staff, 9);
        var before = ready(node.person("staff"), "&lastEventId=earliest");
        heard(before, 9);
        assertThat(secrets(before)).isEqualTo(3);

        // When: as an erasure does, on this node, which hears of it within its poll
        var forgotten = new AtomicBoolean();
        node.rights.listen(
                loss -> forgotten.compareAndSet(false, loss.versions().containsKey(ada)));
        var kept = TestPlatform.personalKeys(Optional.empty());
        node.transact(tx -> RightsTable.voidTokens(tx, ada).compose(done -> kept.erase(tx, ada)));
        await().untilTrue(forgotten);

        // Then: from the ring, whose opened events are of no use any more, and live
        node.appendAndStamp(whispered(ada, 10));
        heard(staff, 10);
        var after = ready(node.person("staff"), "&lastEventId=earliest");
        heard(after, 10);
        assertThat(secrets(after)).isZero();
        assertThat(traces(after)).isZero();
        assertThat(secrets(staff)).isEqualTo(3);
        assertThat(places(after)).hasSize(9).isEqualTo(places(before)).isEqualTo(places(staff));
    }

    /* Where each of the first nine stands: its cursor is its position. */
    private static List<String> places(SseClient tab) {
        return tab.heard().stream()
                .filter(event -> !event.event().startsWith("skelly."))
                .map(EventStreamParser.Dispatched::lastEventId)
                .limit(9)
                .toList();
    }
}
