package dev.skelly.http;

import dev.skelly.event.CommandContext;
import dev.skelly.feature.Principal;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Holds the properties of a request that its headers and body do not contain. */
public final class RequestContext {

    private static final String KEY = "skelly.exchange";
    private static final String NO_ROUTE = "none";

    private final String requestId;
    private final UUID correlation;
    private final @Nullable String traceparent;
    private final long begun;
    private final String address;
    private final RequestDeadlines deadlines;
    private final OriginPolicy visitors;
    private final HttpServerRequest request;
    private String route = NO_ROUTE; // This and the caller are confined to the request's context.
    private @Nullable Principal caller;

    RequestContext(
            String requestId,
            UUID correlation,
            @Nullable String traceparent,
            long begun,
            RequestDeadlines deadlines,
            OriginPolicy visitors,
            HttpServerRequest request) {
        this.requestId = requestId;
        this.correlation = correlation;
        this.traceparent = traceparent;
        this.begun = begun;
        this.deadlines = deadlines;
        this.visitors = visitors;
        this.request = request;
        this.address = visitors.address(request);
    }

    static RequestContext of(RoutingContext context) {
        return context.get(KEY);
    }

    void bind(RoutingContext context) {
        context.put(KEY, this);
    }

    /** Returns the authenticated caller: by a verified bearer token, or by {@link #signedIn}. */
    public static Optional<Principal> caller(RoutingContext context) {
        return Optional.ofNullable(of(context).caller);
    }

    /** Sets the caller that a mount authenticated by other means than a bearer token. */
    public static void signedIn(RoutingContext context, Principal caller) {
        of(context).caller = caller;
    }

    /** Returns the context for commands of this request: its correlation, caller, trace and peer. */
    public static CommandContext cause(RoutingContext context) {
        var exchange = of(context);
        var actor = exchange.caller == null ? null : exchange.caller.account();
        return new CommandContext(exchange.correlation, null, actor, exchange.traceparent, exchange.address);
    }

    /** Returns the peer's address; from a header only when a configured proxy wrote it. */
    public static String address(RoutingContext context) {
        return of(context).address;
    }

    /** Returns the id of the request in logs and responses; short and safe to print. */
    public static String requestId(RoutingContext context) {
        return of(context).requestId;
    }

    /** Returns the id that links the request with all events that it causes. */
    static UUID correlation(RoutingContext context) {
        return of(context).correlation;
    }

    /** Tells whether the request asks for another protocol on its connection. */
    public static boolean asksFor(RoutingContext context, String protocol) {
        return HeaderLines.has(context.request().headers(), "Upgrade", protocol);
    }

    /** Exempts this request from the deadline. The mount ends it by its own rules. */
    public static void longLived(RoutingContext context) {
        of(context).deadlines.exempt(context);
    }

    /**
     * Hands the connection of this request over to another protocol.
     *
     * @return must be run once when the connection has ended
     */
    public static Runnable handOver(RoutingContext context) {
        longLived(context);
        var exchange = of(context);
        var connection = exchange.request.connection();
        return () -> exchange.deadlines.closed(connection);
    }

    /** Sets the route for metrics and the access log: a pattern, never a path with ids in it. */
    public static void route(RoutingContext context, String pattern) {
        of(context).route = pattern;
    }

    /** Tells whether one of our own pages, or no page at all, sent this; see {@link SessionCookie}. */
    static boolean ownOrigin(RoutingContext context) {
        var exchange = of(context);
        return exchange.visitors.own(exchange.request);
    }

    /** Tells whether a page of another site sent this, as far as browsers report it. */
    static boolean foreign(RoutingContext context) {
        var exchange = of(context);
        return exchange.visitors.foreign(exchange.request);
    }

    String route() {
        return route;
    }

    long begun() {
        return begun;
    }
}
