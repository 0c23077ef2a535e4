package dev.skelly.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Logs one line and records one measurement per completed request. Never logs a query, a body or a header. */
final class RequestLog {

    private static final Logger LOGGER = LoggerFactory.getLogger("dev.skelly.http.access");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final int BUG = 500;
    private static final int NANOS_A_MILLI = 1_000_000;

    private record RequestMeterKey(String method, String route, int status) {}

    private final MeterRegistry meters;
    private final Map<RequestMeterKey, Timer> timers = new HashMap<>(); // Confined to the verticle's context.

    RequestLog(MeterRegistry meters) {
        this.meters = meters;
    }

    void write(RoutingContext context, RequestContext exchange) {
        var nanos = System.nanoTime() - exchange.begun();
        var method = METHODS.contains(context.request().method().name())
                ? context.request().method().name()
                : "other";
        var key =
                new RequestMeterKey(method, exchange.route(), context.response().getStatusCode());
        timers.computeIfAbsent(key, this::timer).record(nanos, TimeUnit.NANOSECONDS);
        LOGGER.atLevel(key.status() == BUG ? Level.INFO : Level.DEBUG)
                .addKeyValue("method", key.method())
                .addKeyValue("route", key.route())
                .addKeyValue("status", key.status())
                .addKeyValue("ms", nanos / NANOS_A_MILLI)
                .addKeyValue("requestId", RequestContext.requestId(context))
                .addKeyValue("correlation", RequestContext.correlation(context))
                .log("request answered");
    }

    private Timer timer(RequestMeterKey key) {
        return Timer.builder("skelly.http.requests")
                .description("Duration of requests, from their headers to the end of their responses")
                .tag("method", key.method())
                .tag("route", key.route())
                .tag("status", Integer.toString(key.status()))
                .publishPercentileHistogram(false)
                .register(meters);
    }
}
