package dev.skelly.idempotency;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.skelly.bus.MessageBus;
import dev.skelly.command.ClusterCommandBus;
import dev.skelly.command.CommandExecutor;
import dev.skelly.command.CommandRegistry;
import dev.skelly.command.CommandServer;
import dev.skelly.event.Json;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.eventlog.EventLog;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.Access;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Command;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.Route;
import dev.skelly.ratelimit.RateLimitConfig;
import dev.skelly.testing.HttpSettings;
import dev.skelly.testing.LampEvent;
import dev.skelly.testing.Waiting;
import dev.skelly.testing.WebServer;
import dev.skelly.testkit.TestDatabase;
import dev.skelly.testkit.TestPlatform;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A server whose one feature makes lamps, over a real database: a POST to {@code /api/lamps} lights one. Blocks. */
final class IdempotencyFixture implements AutoCloseable {

    static final Duration LEASE = Duration.ofMillis(700);
    private static final RateLimitConfig UNLIMITED = new RateLimitConfig(false, 1, 1, 1);

    /** Makes one; the answer holds a word that must not lie about in the clear. */
    record MakeLamp(UUID id, int watts) implements Command<Made> {}

    record Made(String secret) {}

    record Wish(int watts) {}

    private final TestDatabase database = TestDatabase.fresh("idempotency");
    private final Vertx vertx = Vertx.vertx();
    private final MessageBus bus = new MessageBus(vertx, Json.mapper());
    private final CommandRegistry bindings;
    private final ClusterCommandBus commands;
    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger refusals = new AtomicInteger(); // So many of the next runs are refused by the feature.
    volatile Supplier<Future<Void>> before = Future::succeededFuture; // What a run waits for before its command,
    volatile Supplier<Future<Void>> after = Future::succeededFuture; // and after it.
    final WebServer server;

    /** @param local whether the server's node has the database; else commands travel to it as JSON */
    IdempotencyFixture(IdempotencyConfig config, boolean local) {
        this.bindings = TestPlatform.alone().registry(new IdempotencyFeature(config), new Lamps());
        bus.allow(ClusterCommandBus.records());
        this.commands = new ClusterCommandBus(bus, () -> bindings, Json.mapper(), local, Duration.ofSeconds(10));
        var log = new EventLog(
                database.pool(),
                LampEvent.eventTypes(),
                Json.mapper(),
                Clock.systemUTC(),
                UuidCreator::getTimeOrderedEpoch,
                write -> {});
        var cursors = Waiting.on(CursorCodec.load(database.pool()));
        Waiting.on(vertx.deployVerticle(new CommandServer(
                bus,
                bindings,
                new CommandExecutor(bindings, log, database.pool()),
                () -> cursors,
                Json.mapper(),
                UuidCreator::getTimeOrderedEpoch,
                512,
                new AtomicInteger())));
        Waiting.on(vertx.deployVerticle(new IdempotencyKeyCleanup(database.pool(), config)));
        var http = new HttpSettings().deadlines(Duration.ofSeconds(10), LEASE, Duration.ofSeconds(10));
        this.server = new WebServer(http.config(), UNLIMITED, commands, new Lamps().routes(), List.of());
    }

    private final class Lamps implements Feature {

        @Override
        public String name() {
            return "lamps";
        }

        @Override
        public void install(FeatureRegistry registry, Platform platform) {
            registry.command("lamps.make-lamp", MakeLamp.class, Made.class, this::make);
        }

        private Future<Made> make(Tx tx, MakeLamp command) {
            if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return Future.failedFuture(Problem.conflict("no-bulbs", "there are no bulbs"));
            }
            var lit = new LampEvent.Lit(command.id().toString(), command.watts());
            return tx.append(lit).map(new Made("swordfish-" + UUID.randomUUID()));
        }

        private List<Route> routes() {
            var shape = BodySchema.of(new BodySchema.Field("watts", true, Map.of("type", "integer")));
            return List.of(
                    Route.of("POST", "/api/lamps", Access.ANYONE, "Make a lamp", this::make)
                            .body(shape)
                            .idempotent(),
                    Route.of("POST", "/api/shades", Access.ANYONE, "Make a shade", this::make)
                            .body(shape)
                            .idempotent());
        }

        private Future<Response> make(Request request) {
            begun.incrementAndGet();
            var id = request.newId();
            var wish = request.body(Wish.class);
            return before.get()
                    .compose(go -> commands.send(new MakeLamp(id, wish.watts()), request.cause()))
                    .compose(done -> after.get().map(done))
                    .map(done -> Response.created(
                                    "/api/lamps/" + id,
                                    Map.of("id", id, "secret", done.result().secret()))
                            .at(done.position()));
        }
    }

    HttpRequest.Builder request(String path, int watts) {
        return server.request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"watts\":" + watts + "}"));
    }

    HttpResponse<String> make(String key, String body) {
        return server.send(request("/api/lamps", 0)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .header("Idempotency-Key", key)
                .build());
    }

    HttpResponse<String> make(String key, int watts) {
        return server.send(
                request("/api/lamps", watts).header("Idempotency-Key", key).build());
    }

    /** The digest of a request of {@link #make(String, int)}, by the bytes of its body. */
    static String former(String key, int watts) throws GeneralSecurityException {
        var root = mac(key.getBytes(StandardCharsets.UTF_8), "address 127.0.0.1");
        return HexFormat.of().formatHex(mac(root, "requestPOST /api/lamps\n{\"watts\":" + watts + "}"));
    }

    private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Something that a run waits for. */
    static Supplier<Future<Void>> first(Promise<Void> gate) {
        var calls = new AtomicInteger();
        return () -> calls.getAndIncrement() == 0 ? gate.future() : Future.succeededFuture();
    }

    long lamps() {
        return count("select count(*) from event where type = 'lamp.lit'");
    }

    long keys() {
        return count("select count(*) from idempotency_key");
    }

    private long count(String select) {
        return Waiting.on(database.pool().query(select).execute())
                .iterator()
                .next()
                .getLong(0);
    }

    /** All that lies in the table, as text. */
    String dump() {
        var text = new StringBuilder();
        Waiting.on(database.pool().query("select * from idempotency_key").execute())
                .forEach(row -> text.append(row.deepToString()).append('\n'));
        return text.toString();
    }

    void execute(String statement) {
        database.execute(statement);
    }

    @Override
    public void close() {
        server.close();
        Waiting.on(vertx.close());
        database.close();
    }
}
