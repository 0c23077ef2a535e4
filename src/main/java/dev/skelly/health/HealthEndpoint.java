package dev.skelly.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.feature.Access;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import dev.skelly.http.ProblemWriter;
import dev.skelly.http.RequestContext;
import dev.skelly.http.RouterPart;
import dev.skelly.http.ServingState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code /health/live}, {@code /health/ready} and {@code /health/started} from check results of the last second, so a request runs no
 * check and holds no connection. Reports which check fails; most reasons are only in the log.
 */
public final class HealthEndpoint implements Deployable, RouterPart {

    private static final int UP = 200;
    private static final int DOWN = 503;
    private static final long EVERY_MILLIS = 1_000;

    /**
     * Response body of a health endpoint.
     *
     * @param status {@code up}, {@code degraded}, {@code down}, {@code starting} or {@code draining}
     * @param checks each with its own status; null where no checks run
     */
    private record HealthStatus(String status, @Nullable Map<String, HealthCheck> checks) {

        static HealthStatus of(String status) {
            return new HealthStatus(status, null);
        }
    }

    /**
     * The status of one check.
     *
     * @param detail a sentence for operators; null for most checks, whose reasons are only in the log
     */
    private record HealthCheck(String status, @Nullable String detail) {

        static HealthCheck of(PeriodicCheck probe) {
            return new HealthCheck(probe.up() ? "up" : "down", probe.detail().orElse(null));
        }
    }

    private final List<PeriodicCheck> probes;
    private final ServingState lifecycle;
    private final JsonMapper json;

    /** Creates the endpoint. Deploy it before the HTTP server, and mount it there. */
    public HealthEndpoint(List<ReadinessCheck> checks, ServingState lifecycle, JsonMapper json, MeterRegistry meters) {
        this.probes = checks.stream().map(PeriodicCheck::new).toList();
        probes.forEach(probe -> Gauge.builder("skelly.health.check", probe, check -> check.up() ? 1 : 0)
                .description("Whether a check of /health/ready succeeds")
                .tag("check", probe.name())
                .register(meters));
        this.lifecycle = lifecycle;
        this.json = json;
    }

    @Override
    public Future<?> deploy(Context context) {
        var vertx = context.owner();
        vertx.setPeriodic(EVERY_MILLIS, tick -> probes.forEach(PeriodicCheck::run));
        return Future.join(probes.stream().map(PeriodicCheck::run).toList());
    }

    @Override
    public List<Route> routes() {
        return List.of(
                route("/health/live", "Check that the process responds")
                        .response(ResponseDescription.of(UP, HealthStatus.class)),
                route("/health/started", "Check that the node has started")
                        .response(ResponseDescription.of(UP, HealthStatus.class), down()),
                route("/health/ready", "Check that the node accepts requests")
                        .response(ResponseDescription.of(UP, HealthStatus.class), down()));
    }

    private static Route route(String path, String summary) {
        return Route.mounted("GET", path, Access.ANYONE, summary).tagged("health");
    }

    private static ResponseDescription down() {
        return ResponseDescription.of(DOWN, HealthStatus.class).meaning("The check fails.");
    }

    @Override
    public void mount(Router router) {
        reading(router, "/health/live").handler(context -> answer(context, UP, HealthStatus.of("up")));
        reading(router, "/health/started").handler(this::started);
        reading(router, "/health/ready").handler(this::ready);
    }

    private static io.vertx.ext.web.Route reading(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private void started(RoutingContext context) {
        var up = lifecycle.isStarted();
        answer(context, up ? UP : DOWN, HealthStatus.of(up ? "up" : "starting"));
    }

    private void ready(RoutingContext context) {
        var checks = new LinkedHashMap<String, HealthCheck>();
        probes.forEach(probe -> checks.put(probe.name(), HealthCheck.of(probe)));
        var state = state();
        answer(context, Set.of("up", "degraded").contains(state) ? UP : DOWN, new HealthStatus(state, checks));
    }

    private String state() {
        if (lifecycle.isDraining()) {
            return "draining";
        }
        if (!lifecycle.isStarted()) {
            return "starting";
        }
        if (probes.stream().anyMatch(probe -> probe.vital() && !probe.up())) {
            return "down";
        }
        return probes.stream().allMatch(PeriodicCheck::up) ? "up" : "degraded";
    }

    private void answer(RoutingContext context, int status, HealthStatus body) {
        RequestContext.route(context, String.valueOf(context.currentRoute().getPath()));
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(bytes(body))
                .onFailure(failure -> ProblemWriter.write(context, failure));
    }

    private Buffer bytes(HealthStatus body) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can be written", e);
        }
    }
}
