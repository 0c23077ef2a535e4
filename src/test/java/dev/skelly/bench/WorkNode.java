package dev.skelly.bench;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.database.DatabaseAddress;
import dev.skelly.embedded.RunningPostgres;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TemporaryFolder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The jar with the feature of the bench over an empty folder: a node with all roles, or its embedded servers alone. It runs as its users run it,
 * with 512 MiB of heap. Effects are read from the feature's own table, which no version of the work role changes.
 */
final class WorkNode implements AutoCloseable {

    private static final int CONNECTIONS = 64;
    private static final int EVENTS_A_REQUEST = 100;
    private static final Duration END = Duration.ofMinutes(1);
    private static final String HEAP = "jvm_memory_used_bytes\\{area=\"heap\"[^}]*}";
    private static final String DISPATCHED = "skelly_relay_dispatched_total\\{worker=\"" + BenchFeature.WORKER + "\"}";

    private final Vertx vertx;
    private final Path folder;
    private final List<String> tokens = new ArrayList<>();
    private SkellyProcess process;
    private Connection sql;
    private URI url;
    private Target target;
    private boolean alone;

    private WorkNode(Vertx vertx, Path folder) throws Exception {
        this.vertx = vertx;
        this.folder = folder;
        BenchJar.write(folder.resolve("features"));
        this.process = SkellyProcess.start(
                List.of("-Dbench.many=" + System.getProperty("bench.many", "true")),
                folder,
                "node",
                List.of(
                        "--http.port=0",
                        "--ratelimit.enabled=false",
                        "--work.timeout=30m")); // A paused worker is no slow one.
        this.url = ready();
        this.sql = connect();
        this.target = new Target(vertx, url, CONNECTIONS, 1);
    }

    private URI ready() {
        try {
            return process.awaitReady();
        } catch (RuntimeException | AssertionError failure) {
            System.err.println(process.output());
            process.close();
            TemporaryFolder.delete(folder);
            throw failure;
        }
    }

    /** Starts a node, and signs in as many people as there are connections. */
    static WorkNode start(Vertx vertx) throws Exception {
        var node = new WorkNode(vertx, TemporaryFolder.make("skelly-bench-work"));
        for (var n = 0; n < CONNECTIONS; n++) {
            node.tokens.add(on(node.target.register().compose(node.target::signIn)));
        }
        return node;
    }

    /** Ends the node, and starts its embedded database and broker alone, over the same data; nothing if that was done before. */
    void serversAlone() throws SQLException {
        if (alone) {
            return;
        }
        alone = true;
        end();
        process = SkellyProcess.start(List.of(), folder, "services", List.of("services"));
        process.awaitLine(Pattern.compile("(?m)^skelly services ready$"));
        sql = connect();
    }

    private Connection connect() throws SQLException {
        var at = database();
        return DriverManager.getConnection(at.jdbcUrl(), at.user(), at.password());
    }

    /** Returns the address of the embedded database. */
    DatabaseAddress database() {
        return RunningPostgres.over(folder.resolve("skelly-data")).orElseThrow();
    }

    /** Returns a connection of the bench's own, in auto-commit. */
    Connection sql() {
        return sql;
    }

    /** Returns a folder for files; deleted with the rest. */
    Path folder() {
        return folder;
    }

    /** Returns requests that emit one event each, one for each connection. */
    List<Buffer> requests() {
        return tokens.stream()
                .map(token -> RawLoad.post(url, token, "{\"type\":\"" + BenchFeature.TYPE + "\",\"data\":{}}"))
                .toList();
    }

    RawLoad load() {
        return new RawLoad(vertx, url);
    }

    /** Emits one event for a row. */
    Future<Buffer> emit(int row) {
        return target.post(
                "/api/events",
                tokens.get(0),
                "{\"type\":\"" + BenchFeature.TYPE + "\",\"data\":{\"row\":" + row + "}}",
                202);
    }

    /** Emits many events in few requests; returns when all are in the log. */
    void emitMany(int count) {
        var event = "{\"type\":\"" + BenchFeature.TYPE + "\",\"data\":{}}";
        var body = "{\"items\":["
                + String.join(
                        ",",
                        IntStream.range(0, EVENTS_A_REQUEST)
                                .mapToObj(n -> event)
                                .toList()) + "]}";
        var atOnce = 10;
        for (var emitted = 0; emitted < count; emitted += atOnce * EVENTS_A_REQUEST) {
            on(Future.all(IntStream.range(0, atOnce)
                    .mapToObj(n -> target.post("/api/events", tokens.get(n), body, 202))
                    .toList()));
        }
    }

    /** Makes the worker wait: events pile up in its queue. */
    void pause() {
        on(target.post("/api/bench/pause", tokens.get(0), "", 204));
    }

    void resume() {
        on(target.post("/api/bench/resume", tokens.get(0), "", 204));
    }

    /** Returns how many effects are committed. */
    long effects() {
        return number("select sum(n) from bench_counter");
    }

    /** Returns the first column of the only row. */
    long number(String query) {
        try (var statement = sql.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** Returns how many events of the worker the relay has handed to the broker. */
    long handedOver() {
        return Math.round(metric(DISPATCHED));
    }

    double heapMib() {
        return metric(HEAP) / (1 << 20);
    }

    private double metric(String series) {
        var text = on(target.get("/metrics")).toString();
        return Pattern.compile("(?m)^" + series + " (\\S+)$")
                .matcher(text)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }

    double residentMib() throws IOException {
        return residentMib(process.pid());
    }

    /** Returns the resident memory of a process in MiB. */
    static double residentMib(long pid) throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }

    /** Lets time pass. */
    void rest(Duration time) {
        on(vertx.timer(time.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Looks every 20 ms. */
    void until(String what, Duration limit, BooleanSupplier condition) {
        var end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not within " + limit + ": " + what);
            }
            rest(Duration.ofMillis(20));
        }
    }

    @CanIgnoreReturnValue // some steps are only waited for
    static <T> T on(Future<T> future) {
        return Waiting.on(future);
    }

    private void end() throws SQLException {
        sql.close();
        process.terminate();
        process.exitCode(END);
    }

    @Override
    public void close() throws SQLException {
        end();
        process.close();
        TemporaryFolder.delete(folder);
    }
}
