package dev.skelly.http;

import dev.skelly.event.CommandContext;
import dev.skelly.feature.Principal;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of a request besides what it says itself. */
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

    /** Who is signed in: by a bearer token that was verified, or by {@link #signedIn}. */
    public static Optional<Principal> caller(RoutingContext context) {
        return Optional.ofNullable(of(context).caller);
    }

    /** A mount found out who this is by other means than a bearer token. */
    public static void signedIn(RoutingContext context, Principal caller) {
        of(context).caller = caller;
    }

    /** What commands sent for this request carry: its correlation, who is signed in, its trace, its peer. */
    public static CommandContext cause(RoutingContext context) {
        var exchange = of(context);
        var actor = exchange.caller == null ? null : exchange.caller.account();
        return new CommandContext(exchange.correlation, null, actor, exchange.traceparent, exchange.address);
    }

    /** The peer's address; taken from a header only where a proxy wrote it that the operator named. */
    public static String address(RoutingContext context) {
        return of(context).address;
    }

    /** Names the request in logs and answers; short and safe to print. */
    public static String requestId(RoutingContext context) {
        return of(context).requestId;
    }

    /** Joins the request with every event that it leads to. */
    static UUID correlation(RoutingContext context) {
        return of(context).correlation;
    }

    /** This request is answered for longer than others: no deadline holds, the caller ends it by rules of its own. */
    public static void longLived(RoutingContext context) {
        of(context).deadlines.exempt(context);
    }

    /** Names the route in metrics and the access log; a pattern, never a path with ids in it. */
    public static void route(RoutingContext context, String pattern) {
        of(context).route = pattern;
    }

    /** Whether a page of our own, or no page at all, sent this; see {@link SessionCookie}. */
    static boolean ownOrigin(RoutingContext context) {
        var exchange = of(context);
        return exchange.visitors.own(exchange.request);
    }

    /** Whether a page of another site sent this, as far as browsers tell. */
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
