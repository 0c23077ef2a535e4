package dev.skelly.http;

import dev.skelly.feature.Problem;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Ends requests and connections that take too long, for one server verticle: slow headers, idle connections, bodies and responses.
 *
 * <p>The server itself has only an idle timeout, which a byte now and then prevents. Here every wait is limited: the first headers, each next
 * request's headers, each request. One periodic check covers all of them, so a request needs no timer.
 */
final class RequestDeadlines {

    private static final Duration LINGER =
            Duration.ofSeconds(2); // Time for the response to an early rejection to arrive.

    /** A connection: the number of its requests in progress, and when it ends if there are none. */
    private static final class Watch {
        private final String address;
        private final OpenConnections.ConnectionAdmission admission;
        private int underway;
        private long due;

        private Watch(String address, OpenConnections.ConnectionAdmission admission) {
            this.address = address;
            this.admission = admission;
        }
    }

    private final HttpConfig config;
    private final OpenConnections open;
    private final Map<HttpConnection, Watch> connections = new HashMap<>(); // All confined to the verticle's context.
    private final Map<RoutingContext, Long> requests = new LinkedHashMap<>(); // In the order of their deadlines.

    /**
     * Creates the deadlines.
     *
     * @param open connections of all verticles together
     */
    RequestDeadlines(HttpConfig config, OpenConnections open) {
        this.config = config;
        this.open = open;
    }

    /** Registers a connection. Closes it when there are too many. */
    void opened(HttpConnection connection) {
        var address = TrustedProxies.peer(connection.remoteAddress());
        var admission = open.allows(TrustedProxies.peer(connection.remoteAddress(true)))
                ? open.open(address)
                : OpenConnections.ConnectionAdmission.CLOSED;
        var watch = new Watch(address, admission);
        watch.due = in(isRefused(watch) ? LINGER : config.headerDeadline());
        connections.put(connection, watch);
        connection.closeHandler(closed -> closed(connection));
        if (watch.admission == OpenConnections.ConnectionAdmission.CLOSED) {
            var unused = connection.close();
        }
    }

    /** Registers that a connection has ended; a repetition changes nothing. */
    void closed(HttpConnection connection) {
        var watch = connections.remove(connection);
        if (watch != null) {
            open.close(watch.address, watch.admission);
        }
    }

    /** Tells whether the client's network has too many connections for this one to be served. */
    boolean isRefused(HttpConnection connection) {
        var watch = connections.get(connection);
        return watch != null && isRefused(watch);
    }

    private static boolean isRefused(Watch watch) {
        return watch.admission != OpenConnections.ConnectionAdmission.ACCEPTED;
    }

    /** Registers a request whose headers are complete. */
    void begun(RoutingContext context) {
        requests.put(context, in(config.requestDeadline()));
        var watch = connections.get(context.request().connection());
        if (watch != null) {
            watch.underway++;
        }
    }

    /** Exempts this request from its deadline. */
    void exempt(RoutingContext context) {
        requests.remove(context);
    }

    /** Registers that a response was sent, or that the connection is gone. */
    void ended(RoutingContext context) {
        requests.remove(context);
        var watch = connections.get(context.request().connection());
        if (watch != null) {
            watch.underway--;
            var closing = "close".equals(context.response().headers().get("Connection"));
            watch.due = in(closing ? LINGER : config.idleTimeout());
        }
    }

    /** Ends all that are past their deadline. Must be called periodically. */
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
