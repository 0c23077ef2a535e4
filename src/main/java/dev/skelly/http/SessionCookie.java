package dev.skelly.http;

import dev.skelly.feature.Problem;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Reads the {@code session} cookie: it proves the session for requests to which browsers cannot add a header.
 *
 * <p>Accepted by streams, WebSockets and emitted events only, and only when the request comes from our own pages.
 */
public final class SessionCookie {

    /** The cookie's name. */
    public static final String NAME = "session";

    private SessionCookie() {}

    /**
     * Returns the value of the request's cookie, not yet verified; empty without one.
     *
     * @throws Problem 403 when a page of another site sent it; 400 when there are several
     */
    public static Optional<String> value(RoutingContext context) {
        var cookie = HeaderLines.cookie(context.request().headers(), NAME).filter(value -> !value.isEmpty());
        if (cookie.isPresent() && !RequestContext.ownOrigin(context)) {
            throw foreign();
        }
        return cookie;
    }

    /** Returns the problem for pages of other sites. */
    static Problem foreign() {
        return Problem.of(
                Problem.Kind.FORBIDDEN,
                "foreign-origin",
                "only pages of this server may call this; see http.public-url and http.cors-origins");
    }
}
