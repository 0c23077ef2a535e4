package dev.skelly.http;

import dev.skelly.feature.Problem;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * The {@code session} cookie: the access token again, for what a browser opens without being able to send a header.
 *
 * <p>Honoured by streams, WebSockets and emitted events only, and only when the request comes from a page of our own.
 */
public final class SessionCookie {

    /** The cookie's name. */
    public static final String NAME = "session";

    private SessionCookie() {}

    /**
     * The access token that a request carries in its cookie, not yet verified; empty where it carries none.
     *
     * @throws Problem 403 when another site's page sent it
     */
    public static Optional<String> token(RoutingContext context) {
        var cookie = context.request().getCookie(NAME);
        if (cookie == null || cookie.getValue().isEmpty()) {
            return Optional.empty();
        }
        if (!RequestContext.ownOrigin(context)) {
            throw foreign();
        }
        return Optional.of(cookie.getValue());
    }

    /** What the page of another site hears. */
    static Problem foreign() {
        return Problem.of(
                Problem.Kind.FORBIDDEN,
                "foreign-origin",
                "only pages of this server may call this; see http.public-url and http.cors-origins");
    }
}
