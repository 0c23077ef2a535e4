package dev.skelly.http;

import dev.skelly.feature.Problem;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends what takes too long, for the connections of one server verticle: headers that trickle in, idle connections, bodies and answers.
 *
 * <p>The server itself knows only an idle time, which a byte now and then keeps from passing. Here every wait has an end: the first
 * headers, each next request's headers, each request. One sweep looks at all of them, so a request costs no timer.
 */
final class RequestDeadlines {

    private static final Duration LINGER = Duration.ofSeconds(2); // Lets the answer to an early refusal arrive.

    /** One connection: how many requests are under way, and when it ends if none is. */
    private static final class Watch {
        private int underway;
        private long due;
    }

    private final HttpConfig config;
    private final AtomicInteger open;
    private final Map<HttpConnection, Watch> connections = new HashMap<>(); // All confined to the verticle's context.
    private final Map<RoutingContext, Long> requests = new LinkedHashMap<>(); // In the order of their ends.

    /**
     * Watches nothing yet.
     *
     * @param open connections of all verticles together
     */
    RequestDeadlines(HttpConfig config, AtomicInteger open) {
        this.config = config;
        this.open = open;
    }

    /** A connection was opened; one too many is closed. */
    void opened(HttpConnection connection) {
        var watch = new Watch();
        watch.due = in(config.headerDeadline());
        connections.put(connection, watch);
        connection.closeHandler(closed -> closed(connection));
        if (open.incrementAndGet() > config.connectionsMax()) {
            var unused = connection.close();
        }
    }

    private void closed(HttpConnection connection) {
        if (connections.remove(connection) != null) {
            open.decrementAndGet();
        }
    }

    /** A request's headers are complete. */
    void begun(RoutingContext context) {
        requests.put(context, in(config.requestDeadline()));
        var watch = connections.get(context.request().connection());
        if (watch != null) {
            watch.underway++;
        }
    }

    /** No deadline holds for this request. */
    void exempt(RoutingContext context) {
        requests.remove(context);
    }

    /** A request was answered, or its connection is gone. */
    void ended(RoutingContext context) {
        requests.remove(context);
        var watch = connections.get(context.request().connection());
        if (watch != null) {
            watch.underway--;
            var closing = "close".equals(context.response().headers().get("Connection"));
            watch.due = in(closing ? LINGER : config.idleTimeout());
        }
    }

    /** Ends what is over its time; to be called every now and then. */
    void sweep() {
        var now = System.nanoTime();
        sweepRequests(now);
        var over = new ArrayList<HttpConnection>();
        connections.forEach((connection, watch) -> {
            if (watch.underway == 0 && watch.due - now <= 0) {
                over.add(connection);
            }
        });
        for (var connection : over) {
            var unused = connection.close();
        }
    }

    private void sweepRequests(long now) {
        var over = new ArrayList<RoutingContext>();
        for (var request : requests.entrySet()) {
            if (request.getValue() - now > 0) {
                break;
            }
            over.add(request.getKey());
        }
        for (var context : over) {
            requests.remove(context);
            ProblemWriter.closeAfter(context);
            ProblemWriter.write(context, late(context));
        }
    }

    private Problem late(RoutingContext context) {
        return context.request().isEnded()
                ? Problem.unavailable(
                        "the request took too long; it may still have been executed", Duration.ofSeconds(1))
                : Problem.of(Problem.Kind.TIMEOUT, "timeout", "the body did not arrive in time");
    }

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }
}
