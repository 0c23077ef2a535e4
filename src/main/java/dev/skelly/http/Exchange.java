package dev.skelly.http;

import dev.skelly.event.Cause;
import dev.skelly.feature.Principal;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of a request besides what it says itself. */
public final class Exchange {

    private static final String KEY = "skelly.exchange";
    private static final String NO_ROUTE = "none";

    private final String requestId;
    private final UUID correlation;
    private final @Nullable String traceparent;
    private final long begun;
    private final Deadlines deadlines;
    private final Origins origins;
    private String route = NO_ROUTE; // This and the caller are confined to the request's context.
    private @Nullable Principal caller;

    Exchange(
            String requestId,
            UUID correlation,
            @Nullable String traceparent,
            long begun,
            Deadlines deadlines,
            Origins origins) {
        this.requestId = requestId;
        this.correlation = correlation;
        this.traceparent = traceparent;
        this.begun = begun;
        this.deadlines = deadlines;
        this.origins = origins;
    }

    static Exchange of(RoutingContext context) {
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
    public static Cause cause(RoutingContext context) {
        var exchange = of(context);
        var actor = exchange.caller == null ? null : exchange.caller.account();
        return new Cause(exchange.correlation, null, actor, exchange.traceparent, address(context));
    }

    /** The peer's address; never taken from a header that the peer could have written. */
    static String address(RoutingContext context) {
        var peer = context.request().remoteAddress();
        return peer == null ? "unknown" : String.valueOf(peer.hostAddress());
    }

    /** Names the request in logs and answers; short and safe to print. */
    public static String requestId(RoutingContext context) {
        return of(context).requestId;
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
        return of(context).origins.own(context.request());
    }

    String route() {
        return route;
    }

    long begun() {
        return begun;
    }
}
