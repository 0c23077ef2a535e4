package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.event.Audience;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.feature.Principal;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import dev.skelly.view.EventView;
import dev.skelly.view.EventViews;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions over either version of HTTP, with filters as bad as they come. */
class StreamHubIT {

    private static final String BOOM = "?boom";
    private static final String COUNTED = "?counted";

    private final TestDatabase database = TestDatabase.fresh("security", "stream");
    private final AtomicInteger closed = new AtomicInteger();
    private final EventView view = new EventViews(NoteEvent.eventTypes(), (who, channel) -> false).of(Set.of("user"));
    private final AtomicInteger decisions = new AtomicInteger();
    private final EventTypeFilter counted = filter(decisions::incrementAndGet);

    @SuppressWarnings("NullAway.Init") // started before each test
    private StreamNode node;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void start() {
        node = new StreamNode(database, StreamConfig.DEFAULT);
        server = node.vertx.createHttpServer(new HttpServerOptions().setStrictThreadMode(true));
        Waiting.on(node.vertx.deployVerticle((Deployable) this::listen));
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    private Future<?> listen(Context context) {
        var log = new LocalLogSource(node.reader, () -> CursorCodec.load(database.pool()));
        var registry = new StreamHub(
                context,
                node.feed,
                log,
                new CatchUpLimiter(2),
                StreamConfig.DEFAULT,
                new StreamCloser(new Random()),
                node.rights,
                session -> closed.incrementAndGet());
        return server.requestHandler(request -> open(registry, request)).listen(0, "127.0.0.1");
    }

    private void open(StreamHub registry, HttpServerRequest request) {
        var filter = request.uri().endsWith(BOOM)
                ? throwing()
                : request.uri().endsWith(COUNTED) ? counted : EventTypeFilter.ANY;
        var principal = new Principal(UUID.randomUUID(), UUID.randomUUID(), Set.of("user"), 0, Instant.MAX);
        var reader = new StreamSession.Reader(
                principal,
                view,
                StreamCaller.of(principal),
                "127.0.0.1",
                new StreamSession.Reader.StreamEnd(Long.MAX_VALUE, CloseReason.MAX_AGE));
        request.response().setChunked(true);
        var session = new StreamSession(
                "1", new SseOutput(request, true), reader, new Subscription(List.of(Audience.PUBLIC), filter, null));
        request.response()
                .closeHandler(end -> registry.leave(session))
                .exceptionHandler(end -> registry.leave(session));
        var wish =
                request.getHeader("Last-Event-ID") == null ? new StartPosition.Latest() : new StartPosition.Earliest();
        registry.open(session, wish, "{\"resumed\":%s}");
    }

    private static EventTypeFilter throwing() {
        return filter(() -> {
            throw new IllegalStateException("boom");
        });
    }

    /* Runs this whenever it decides about an event, and matches each. */
    private static EventTypeFilter filter(Runnable onDecision) {
        return new EventTypeFilter(
                Set.of(),
                new AbstractList<>() {
                    @Override
                    public String get(int index) {
                        onDecision.run();
                        return "";
                    }

                    @Override
                    public int size() {
                        return 1;
                    }

                    @Override
                    public int hashCode() {
                        return 1;
                    }

                    @Override
                    public boolean equals(Object other) {
                        return this == other;
                    }
                },
                false);
    }

    private HttpClient client(HttpVersion version) {
        Vertx vertx = node.vertx;
        return vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(version)
                .setHttp2ClearTextUpgrade(false)
                .setKeepAlive(false));
    }

    private SseClient ready(HttpVersion version, String query) {
        var tab = new SseClient(client(version), server.actualPort(), query, Map.of());
        assertThat(Waiting.on(tab.open()).statusCode()).isEqualTo(200);
        await().until(() -> tab.control("ready") == 1);
        return tab;
    }

    private void append(int events, int chars) {
        var text = "x".repeat(chars);
        node.append(IntStream.range(0, events)
                .mapToObj(i -> new NoteEvent.Written("public", i, text))
                .toList());
        Waiting.on(node.relay.stamp(500));
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpVersion.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void endsOnlyTheSessionWhoseFilterThrows(HttpVersion version) {
        var before = ready(version, "");
        var bad = ready(version, BOOM);
        var after = ready(version, "");

        append(3, 10);
        await().until(() -> before.notes().size() == 3 && after.notes().size() == 3);
        await().until(bad::ended);

        assertThat(bad.notes()).isEmpty();
        assertThat(closed).hasValue(1);
        assertThat(before.ended()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpVersion.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void endsOnlyTheSessionWhoseFilterThrowsOnWhatItMissed(HttpVersion version) {
        append(3, 10);
        var bad = new SseClient(client(version), server.actualPort(), BOOM, Map.of());
        bad.lastEventId("any");

        Waiting.on(bad.open());
        await().until(bad::ended);

        assertThat(bad.control("ready")).isZero();
        assertThat(closed).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpVersion.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void waitsForASocketThatTakesNothing(HttpVersion version) {
        var slow = ready(version, "");
        var fast = ready(version, "");
        slow.pause();

        for (var i = 0; i < 10; i++) {
            append(250, 4_000);
        }
        await().until(() -> fast.notes().size() == 2_500);
        await().until(() -> node.meter("skelly.stream.behind") == 1);
        slow.resume();
        await().until(() -> slow.notes().size() == 2_500);

        assertThat(slow.notes()).isEqualTo(fast.notes());
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpVersion.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void decidesOnceForReadersOfOneKind(HttpVersion version) {
        var tabs =
                IntStream.range(0, 20).mapToObj(tab -> ready(version, COUNTED)).toList();

        append(3, 10);
        await().until(() -> tabs.stream().allMatch(tab -> tab.notes().size() == 3));

        assertThat(decisions).hasValue(3);
    }
}
