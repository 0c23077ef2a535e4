package dev.skelly.bench;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TemporaryFolder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * Starts the jar over an empty folder, measures one thing after the other, and prints a table and one JSON line. About two and a half
 * minutes; less when steps are named: {@code registrations}, {@code preferences}, {@code emission}, {@code latency}, {@code deliveries}.
 */
public final class Bench {

    private interface Step {
        void run() throws Exception;
    }

    private static final int CONNECTIONS = 64;
    private static final int PEOPLE = CONNECTIONS; // Each connection is somebody's own.
    private static final int STREAMS = 1_000;
    private static final int STREAMS_AT_ONCE = 50;
    private static final int REGISTERING = 8;
    private static final int CHANGES_PER_SECOND = 100;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration MEASURED = Duration.ofSeconds(10);
    private static final Duration QUIET_WITHIN = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final SkellyProcess skelly;
    private final Path folder;
    private final URI url;
    private final Target target;
    private final AtomicInteger turn = new AtomicInteger();
    private final Figures figures = new Figures();
    private List<String> tokens = List.of();

    private Bench(SkellyProcess skelly, Path folder) {
        this.skelly = skelly;
        this.folder = folder;
        this.url = skelly.awaitReady();
        this.target = new Target(vertx, url, CONNECTIONS, STREAMS + PEOPLE);
    }

    /** Runs; the jar is where {@code -Dskelly.jar} says, else {@code target/skelly.jar}. */
    public static void main(String[] arguments) throws Exception {
        Thread.currentThread().setUncaughtExceptionHandler((main, failure) -> {
            failure.printStackTrace();
            System.exit(1); // The load's threads would keep a failed run alive.
        });
        measure(List.of(arguments));
        System.exit(0);
    }

    private static void measure(List<String> steps) throws Exception {
        var folder = TemporaryFolder.make("skelly-bench");
        try (var skelly = SkellyProcess.start(
                folder,
                "bench",
                List.of(
                        "--http.port=0",
                        "--ratelimit.enabled=false",
                        "--http.correlation-from-request-id=true",
                        "--stream.connections-per-user=" + 2 * STREAMS,
                        "--http.connections-per-address=" + 4 * STREAMS,
                        "--stream.connections-per-address=" + 2 * STREAMS,
                        "--stream.connects-per-second=" + STREAMS))) {
            var bench = new Bench(skelly, folder);
            bench.run(steps);
            bench.figures.print();
            skelly.terminate();
            skelly.exitCode(Duration.ofSeconds(40));
        }
        TemporaryFolder.delete(folder);
    }

    /* Emission comes before the 1,000 streams are opened: its figure is of appending, theirs of delivering. */
    private void run(List<String> wished) throws Exception {
        var steps = new LinkedHashMap<String, Step>();
        steps.put("registrations", this::registrations);
        steps.put("preferences", this::preferences);
        steps.put("emission", this::emission);
        steps.put("latency", this::latency);
        steps.put("deliveries", this::deliveries);
        if (!steps.keySet().containsAll(wished)) {
            throw new IllegalArgumentException("steps " + wished + " (expected: some of " + steps.keySet() + ")");
        }
        gather();
        for (var step : steps.entrySet()) {
            if (wished.isEmpty() || wished.contains(step.getKey())) {
                step.getValue().run();
                awaitWorkDone();
            }
        }
    }

    private void registrations() {
        figures.put("registrationsPerSecond", on(Loops.perSecond(REGISTERING, MEASURED, target::register)));
    }

    private void preferences() {
        on(Loops.perSecond(CONNECTIONS, WARM_UP, this::change));
        figures.put("preferencesPerSecond", on(Loops.perSecond(CONNECTIONS, MEASURED, this::change)));
    }

    /* Half of the figures' point is their ratio: the same server, the same minute, the same number of clients. */
    private void emission() throws Exception {
        var requests = IntStream.range(0, CONNECTIONS)
                .mapToObj(n -> click(tokens.get(n % PEOPLE)))
                .toList();
        var load = new RawLoad(vertx, url);
        for (var time = 0; time < 5; time++) { // The second compiler is at it for so long.
            on(load.perSecond(requests, WARM_UP));
        }
        var emitted = on(load.perSecond(requests, MEASURED));
        figures.put("eventsEmittedPerSecond", emitted);
        awaitWorkDone();
        PgBench.insertsPerSecond(folder.resolve("skelly-data"), CONNECTIONS, MEASURED)
                .ifPresent(inserts -> {
                    figures.put("pgbenchInsertsPerSecond", inserts);
                    figures.put("emittedPerInsert", emitted / inserts);
                });
    }

    private Buffer click(String token) {
        return RawLoad.post(url, token, "{\"type\":\"ui.clicked\",\"data\":{\"page\":\"/shop\",\"element\":\"buy\"}}");
    }

    private void gather() {
        var signedIn = new ArrayList<String>();
        for (var n = 0; n < PEOPLE; n++) {
            signedIn.add(on(target.register().compose(target::signIn)));
        }
        tokens = List.copyOf(signedIn);
    }

    private Future<?> change() {
        var n = turn.incrementAndGet();
        return target.change(tokens.get(n % PEOPLE), UUID.randomUUID(), n);
    }

    /* The workers' backlog of the step before would be measured with the next one. */
    private void awaitWorkDone() {
        on(vertx.timer(MEASURED.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void latency() {
        var latencies = new Latencies();
        var open = new ArrayList<HttpClientResponse>();
        tokens.forEach(token ->
                open.add(on(target.stream(token).onSuccess(answer -> answer.handler(latencies.reader())))));
        on(rate(new Latencies(), WARM_UP.dividedBy(2)));
        on(rate(latencies, MEASURED));
        on(until(() -> latencies.outstanding() == 0));
        figures.put("latencyMsP50", latencies.millis(0.50));
        figures.put("latencyMsP99", latencies.millis(0.99));
        open.forEach(answer -> answer.request().reset());
    }

    private Future<Void> rate(Latencies latencies, Duration time) {
        var pause = TimeUnit.SECONDS.toMillis(1) / CHANGES_PER_SECOND;
        var sent = new ArrayList<Future<?>>();
        var timer = vertx.setPeriodic(pause, tick -> {
            var n = turn.incrementAndGet();
            var op = UUID.randomUUID();
            latencies.intend(op, System.nanoTime());
            sent.add(target.change(tokens.get(n % PEOPLE), op, n));
        });
        return vertx.timer(time.toMillis(), TimeUnit.MILLISECONDS)
                .compose(ended -> {
                    vertx.cancelTimer(timer);
                    return Future.all(sent);
                })
                .mapEmpty();
    }

    private void deliveries() throws IOException {
        var reader = tokens.get(0);
        var delivered = new LongAdder();
        for (var opened = 0; opened < STREAMS; opened += STREAMS_AT_ONCE) {
            on(Future.all(IntStream.range(0, STREAMS_AT_ONCE)
                    .mapToObj(
                            n -> target.stream(reader).onSuccess(answer -> answer.handler(new FrameCounter(delivered))))
                    .toList()));
        }
        figures.put("residentMiBWith1000Streams", WorkNode.residentMib(skelly.pid()));
        var changes = new AtomicInteger();
        var began = System.nanoTime();
        on(Loops.perSecond(
                4,
                MEASURED,
                () -> target.change(reader, UUID.randomUUID(), changes.incrementAndGet())
                        .onFailure(failure -> changes.decrementAndGet())));
        on(until(() -> delivered.sum() >= (long) changes.get() * STREAMS));
        figures.put("deliveriesPerSecond", delivered.sum() * 1e9 / (System.nanoTime() - began));
    }

    private interface Condition {
        boolean holds();
    }

    private Future<Void> until(Condition condition) {
        return until(condition, System.nanoTime() + QUIET_WITHIN.toNanos());
    }

    private Future<Void> until(Condition condition, long end) {
        if (condition.holds()) {
            return Future.succeededFuture();
        }
        return System.nanoTime() > end
                ? Future.failedFuture("not quiet within " + QUIET_WITHIN)
                : vertx.timer(20, TimeUnit.MILLISECONDS).compose(later -> until(condition, end));
    }

    @CanIgnoreReturnValue // some steps are only waited for
    private static <T> T on(Future<T> future) {
        return Waiting.on(future);
    }
}
