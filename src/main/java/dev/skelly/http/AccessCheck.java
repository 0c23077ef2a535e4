package dev.skelly.http;

import dev.skelly.auth.TokenVerifier;
import dev.skelly.feature.Access;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Route;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * Checks whether a caller may use a route.
 *
 * <p>Browsers send cookies regardless of which page made the request. So a cookie authenticates only on routes that allow it, and only for our
 * own pages; see {@link SessionCookie}. A request that changes something is rejected when it comes from a page of a site that is neither ours
 * nor listed, unless it carries a token, which no other site has. Otherwise that site could log a browser out, or in to another account.
 */
final class AccessCheck {

    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final Route route;
    private final TokenVerifier tokens;

    AccessCheck(Route route, TokenVerifier tokens) {
        this.route = route;
        this.tokens = tokens;
    }

    /** Returns the same context once its caller is known; fails with 401 or 403. May verify a token, and so may complete later. */
    Future<RoutingContext> admit(RoutingContext context) {
        return Future.succeededFuture(context).compose(this::signIn).map(this::check);
    }

    private Future<RoutingContext> signIn(RoutingContext context) {
        if (!route.options().sessionCookie() || RequestContext.caller(context).isPresent()) {
            return Future.succeededFuture(context);
        }
        return SessionCookie.value(context)
                .map(cookie -> tokens.verifyCookie(cookie)
                        .onSuccess(caller -> RequestContext.signedIn(context, caller))
                        .map(context))
                .orElseGet(() -> Future.succeededFuture(context));
    }

    private RoutingContext check(RoutingContext context) {
        var caller = RequestContext.caller(context);
        if (caller.isEmpty() && !READING.contains(route.method()) && RequestContext.foreign(context)) {
            throw SessionCookie.foreign();
        }
        if (route.access() != Access.ANYONE && caller.isEmpty()) {
            throw Problem.unauthenticated("sign-in-required", "sign in first");
        }
        if (route.access() == Access.ADMIN && !caller.orElseThrow().admin()) {
            throw Problem.forbidden("only administrators may do this");
        }
        var permission = route.options().permission();
        if (permission != null && !tokens.may(caller.orElseThrow(), "call:" + permission)) {
            throw Problem.forbidden("this needs a role with the permission call:" + permission);
        }
        return context;
    }
}
