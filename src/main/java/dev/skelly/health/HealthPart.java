package dev.skelly.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.http.Exchange;
import dev.skelly.http.Lifecycle;
import dev.skelly.http.Mount;
import dev.skelly.http.Problems;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Answers {@code /health/live}, {@code /health/ready} and {@code /health/started} from what the checks said within the last second, so
 * that asking costs nothing and holds no connection. Says which check fails, never why: that is in the log.
 */
public final class HealthPart implements Deployable, Mount {

    private static final int UP = 200;
    private static final int DOWN = 503;
    private static final long EVERY_MILLIS = 1_000;

    private final List<Probe> probes;
    private final Lifecycle lifecycle;
    private final JsonMapper json;

    /** Deploy it before the HTTP server, and mount it there. */
    public HealthPart(List<Check> checks, Lifecycle lifecycle, JsonMapper json) {
        this.probes = checks.stream().map(Probe::new).toList();
        this.lifecycle = lifecycle;
        this.json = json;
    }

    @Override
    public Future<?> deploy(Context context) {
        var vertx = context.owner();
        vertx.setPeriodic(EVERY_MILLIS, tick -> probes.forEach(Probe::run));
        return Future.join(probes.stream().map(Probe::run).toList());
    }

    @Override
    public void mount(Router router) {
        router.get("/health/live").handler(context -> answer(context, UP, Map.of("status", "up")));
        router.get("/health/started").handler(this::started);
        router.get("/health/ready").handler(this::ready);
    }

    private void started(RoutingContext context) {
        var up = lifecycle.isStarted();
        answer(context, up ? UP : DOWN, Map.of("status", up ? "up" : "starting"));
    }

    private void ready(RoutingContext context) {
        var checks = new LinkedHashMap<String, Object>();
        probes.forEach(probe -> checks.put(probe.name(), Map.of("status", probe.up() ? "up" : "down")));
        var body = new LinkedHashMap<String, Object>();
        body.put("status", state());
        body.put("checks", checks);
        answer(context, Set.of("up", "degraded").contains(state()) ? UP : DOWN, body);
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
        return probes.stream().allMatch(Probe::up) ? "up" : "degraded";
    }

    private void answer(RoutingContext context, int status, Map<String, Object> body) {
        Exchange.route(context, String.valueOf(context.currentRoute().getPath()));
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(bytes(body))
                .onFailure(failure -> Problems.write(context, failure));
    }

    private Buffer bytes(Map<String, Object> body) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can be written", e);
        }
    }
}
