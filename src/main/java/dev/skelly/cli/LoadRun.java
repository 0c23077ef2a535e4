package dev.skelly.cli;

import dev.skelly.event.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens the streams of {@code load}, emits its events, and prints the figures. Blocks; bounded in time. */
final class LoadRun {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final Duration OPEN_MAX = Duration.ofSeconds(20);
    private static final Duration REST_MAX = Duration.ofSeconds(5);
    private static final long LOOK_MILLIS = 100;
    private static final int BATCHES_A_SECOND = 5;
    private static final int POOL_MAX = 16;

    /**
     * What is asked for.
     *
     * @param rate events a second
     * @param ramp streams to open in a second
     * @param time how long events are emitted
     */
    record LoadPlan(int connections, int rate, int ramp, Duration time) {}

    /**
     * Who logs in.
     *
     * @param token null to log in with the password
     */
    record LoadLogin(@Nullable String token, String email, String password) {

        static LoadLogin byToken(String token) {
            return new LoadLogin(token, "", "");
        }

        static LoadLogin byPassword(String email, String password) {
            return new LoadLogin(null, email, password);
        }

        /** Omits the secrets. */
        @Override
        public String toString() {
            return "LoadLogin";
        }
    }

    private final Vertx vertx;
    private final RemoteNode server;
    private final LoadLogin login;
    private final LoadPlan plan;
    private final LoadFigures figures = new LoadFigures();
    private final String name = "load-" + UUID.randomUUID();
    private final HttpClient calls;
    private final HttpClient connections;
    private String token = "";

    LoadRun(Vertx vertx, RemoteNode server, LoadLogin login, LoadPlan plan) {
        this.vertx = vertx;
        this.server = server;
        this.login = login;
        this.plan = plan;
        var options = new HttpClientOptions()
                .setDefaultHost(server.host())
                .setDefaultPort(server.port())
                .setSsl(server.tls())
                .setConnectTimeout((int) ANSWER_MAX.toMillis());
        this.calls = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(POOL_MAX));
        this.connections = vertx.createHttpClient(
                new HttpClientOptions(options).setKeepAlive(false),
                new PoolOptions().setHttp1MaxSize(plan.connections() + 1));
    }

    /** Runs to the end and returns the exit code. */
    int run(Consumer<String> out) throws InterruptedException {
        var signedIn = signIn();
        if (!Await.forEnd(signedIn, ANSWER_MAX) || signedIn.failed()) {
            out.accept("no login at " + server.url() + ": "
                    + (signedIn.failed() ? signedIn.cause().getMessage() : "no answer"));
            return Program.UNHEALTHY;
        }
        token = signedIn.result();
        var streams = open();
        var live = streams.stream().filter(LoadStream::live).toList();
        out.accept("streams: " + live.size() + " of " + plan.connections() + " live"
                + (figures.refusals().isEmpty() ? "" : ", refused: " + figures.refusals()));
        if (live.isEmpty()) {
            return Program.FAILURE;
        }
        var begun = System.nanoTime();
        emit();
        var expected = figures.emitted() * live.size();
        waitFor(REST_MAX, () -> figures.delivered() >= expected);
        var seconds = (figures.lastNanos() - begun) / 1e9;
        live.forEach(LoadStream::close);
        figures.print(out, live, seconds);
        return figures.lost(live) == 0 && live.size() == plan.connections() && figures.unsent() == 0
                ? Program.OK
                : Program.FAILURE;
    }

    private Future<String> signIn() {
        if (login.token() != null) {
            return Future.succeededFuture(login.token());
        }
        var body = Json.mapper().valueToTree(Map.of("email", login.email(), "password", login.password()));
        return post("/api/auth/login", "application/json", Buffer.buffer(body.toString()))
                .map(text -> text.toJsonObject().getString("accessToken"));
    }

    private Future<Buffer> post(String path, String type, Buffer body) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setURI(path)
                .putHeader("Content-Type", type)
                .setTimeout(ANSWER_MAX.toMillis());
        if (!token.isEmpty()) {
            options.putHeader("Authorization", "Bearer " + token);
        }
        return calls.request(options)
                .compose(request -> request.send(body))
                .compose(answer -> answer.statusCode() < 300
                        ? answer.body()
                        : Future.failedFuture("status " + answer.statusCode()));
    }

    private List<LoadStream> open() throws InterruptedException {
        var streams = new ArrayList<LoadStream>();
        for (var n = 0; n < plan.connections(); n++) {
            var stream = new LoadStream(vertx, connections, token, name, figures);
            streams.add(stream);
            vertx.setTimer(1 + n * 1_000L / plan.ramp(), tick -> stream.open());
        }
        var ramp = Duration.ofMillis(plan.connections() * 1_000L / plan.ramp());
        waitFor(ramp.plus(OPEN_MAX), () -> streams.stream().allMatch(LoadStream::decided));
        return streams;
    }

    private interface Condition {
        boolean met();
    }

    private void waitFor(Duration most, Condition condition) throws InterruptedException {
        var end = System.nanoTime() + most.toNanos();
        while (!condition.met() && System.nanoTime() < end) {
            pause(LOOK_MILLIS);
        }
    }

    private void pause(long millis) throws InterruptedException {
        if (millis > 0) {
            var unused = Await.forEnd(vertx.timer(millis), ANSWER_MAX);
        }
    }

    /* Batches on a fixed schedule, whatever the answers take, so that a slow server is not spared. */
    private void emit() throws InterruptedException {
        var begun = System.nanoTime();
        var batches = plan.time().toMillis() * BATCHES_A_SECOND / 1_000;
        var sent = 0L;
        var pending = new ArrayList<Future<?>>();
        for (var batch = 1L; batch <= Math.max(1, batches); batch++) {
            var due = batch * plan.rate() / BATCHES_A_SECOND;
            if (due > sent) {
                pending.add(batch(sent, due));
                sent = due;
            }
            var next =
                    begun + Duration.ofMillis(batch * 1_000 / BATCHES_A_SECOND).toNanos() - System.nanoTime();
            pause(next / 1_000_000);
        }
        var unused = Await.forEnd(Future.join(pending), ANSWER_MAX); // Each answer was counted.
    }

    private Future<?> batch(long from, long to) {
        var events = Json.mapper().createArrayNode();
        for (var n = from; n < to; n++) {
            var event = events.addObject().put("specversion", "1.0").put("source", "/skelly/load");
            event.put("id", UUID.randomUUID().toString()).put("type", "ui.clicked");
            event.putObject("data").put("element", name + " " + n + " " + System.nanoTime());
        }
        return post("/api/events", "application/cloudevents-batch+json", Buffer.buffer(events.toString()))
                .onSuccess(answer ->
                        figures.answered(to - from, answer.toJsonObject().getJsonArray("items")))
                .onFailure(failure -> figures.unsent(to - from, failure));
    }
}
