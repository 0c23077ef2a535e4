package dev.skelly.health;

import dev.skelly.feature.Access;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Problem;
import dev.skelly.feature.RateLimit;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import dev.skelly.http.ProblemWriter;
import dev.skelly.http.RequestContext;
import dev.skelly.http.RouterPart;
import dev.skelly.ratelimit.ClientNetwork;
import dev.skelly.ratelimit.RateLimiter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Serves {@code /health/stream-probe}, by which {@code skelly doctor} sees what a proxy does to a stream: three frames, 300 ms apart, each with the time
 * at which it was sent. With {@code idle} the last one comes after that many seconds of silence. Needs no login, so it is bounded: by network, and in
 * number on a node.
 */
public final class StreamProbeEndpoint implements RouterPart {

    private static final String PATH = "/health/stream-probe";
    private static final int FRAMES = 3;
    private static final long GAP_MILLIS = 300;
    private static final int IDLE_SECONDS_MAX = 120;
    private static final int OPEN_MAX = 20;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
    private static final Pattern SECONDS = Pattern.compile("[1-9]\\d{0,2}");
    private static final RateLimit LIMIT = RateLimit.perNetwork("stream-probes", 10, Duration.ofMinutes(1));

    private final Clock clock;
    private final RateLimiter limits;
    private final AtomicInteger open = new AtomicInteger();

    /** Creates the endpoint. */
    public StreamProbeEndpoint(Clock clock, RateLimiter limits) {
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.mounted("GET", PATH, Access.ANYONE, "Send three frames to see what a proxy does to streams")
                        .tagged("health")
                        .parameter(Parameter.query(
                                "idle",
                                "Seconds of silence before the last frame.",
                                Map.of("type", "integer", "minimum", 1, "maximum", IDLE_SECONDS_MAX)))
                        .response(ResponseDescription.text(200, "text/event-stream"))
                        .problem(Problem.Kind.INVALID, "invalid-input", "idle is not a number of seconds")
                        .problem(Problem.Kind.TOO_MANY, "too-many-requests", "the network has called it too often")
                        .problem(Problem.Kind.UNAVAILABLE, "unavailable", "the node serves too many probes"));
    }

    @Override
    public void mount(Router router) {
        router.get(PATH).handler(context -> {
            RequestContext.route(context, PATH);
            Future.succeededFuture(context)
                    .compose(this::answer)
                    .onFailure(failure -> ProblemWriter.write(context, failure));
        });
    }

    private Future<Void> answer(RoutingContext context) {
        var idle = idle(context.request().getParam("idle"));
        var taken = limits.take(RateLimiter.ofNetworks(LIMIT, "", RequestContext.address(context), 1));
        if (!taken.allowed()) {
            throw Problem.tooMany("the probe was called too often", taken.reset());
        }
        if (open.incrementAndGet() > OPEN_MAX) {
            open.decrementAndGet();
            throw Problem.unavailable("the node serves too many probes", RETRY_AFTER);
        }
        return send(context, idle).eventually(() -> {
            open.decrementAndGet();
            return Future.succeededFuture();
        });
    }

    private static long idle(String text) {
        if (text == null) {
            return GAP_MILLIS;
        }
        var seconds = SECONDS.matcher(text).matches() ? Integer.parseInt(text) : Integer.MAX_VALUE;
        if (seconds > IDLE_SECONDS_MAX) {
            throw Problem.invalid("idle", "format", "must be a number of seconds from 1 to " + IDLE_SECONDS_MAX);
        }
        return Duration.ofSeconds(seconds).toMillis();
    }

    /* A client that leaves ends the probe at its next frame. */
    private Future<Void> send(RoutingContext context, long lastGapMillis) {
        RequestContext.longLived(context);
        var response = context.response()
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no")
                .setChunked(true);
        var seen = seen(context);
        Future<Void> sent = frame(response, 0, seen);
        for (var n = 1; n < FRAMES; n++) {
            var number = n;
            var gap = n == FRAMES - 1 ? lastGapMillis : GAP_MILLIS;
            sent = sent.compose(before -> pause(context.vertx(), gap)).compose(waited -> frame(response, number, seen));
        }
        return sent.compose(all -> response.end()).otherwiseEmpty();
    }

    private static Future<?> pause(Vertx vertx, long millis) {
        return vertx.timer(millis);
    }

    /* Whether a proxy is between, and whether its word counts: then the caller's address is not the connection's. */
    private static String seen(RoutingContext context) {
        var forwarded = context.request().getHeader("X-Forwarded-For") != null;
        var trusted = forwarded
                && !RequestContext.address(context)
                        .equals(ClientNetwork.address(
                                context.request().remoteAddress().hostAddress()));
        return ",\"forwarded\":" + forwarded + ",\"trusted\":" + trusted + "}\n\n";
    }

    private Future<Void> frame(HttpServerResponse response, int number, String seen) {
        return response.closed()
                ? Future.failedFuture("the client has left")
                : response.write("data: {\"n\":" + number + ",\"sentMillis\":" + clock.millis() + seen);
    }
}
