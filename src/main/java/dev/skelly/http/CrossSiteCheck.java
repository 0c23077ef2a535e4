package dev.skelly.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells our own pages from others, by what only a browser can write: {@code Sec-Fetch-Site} and {@code Origin}.
 *
 * <p>A browser leaves {@code Origin} out of same-origin GETs, so only what changes something must carry one of the two.
 */
final class CrossSiteCheck {

    private final HttpConfig config;

    CrossSiteCheck(HttpConfig config) {
        this.config = config;
    }

    boolean own(HttpServerRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        var origin = request.getHeader("Origin");
        var reading = HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method());
        if (site != null && !"same-origin".equals(site) && !(reading && "none".equals(site))) {
            return false;
        }
        return origin == null ? reading || site != null : own(origin, request);
    }

    /**
     * Whether a page of another site sent it. Without the certainty of {@link #own}: a browser that says nothing is believed, and so is one
     * that calls the page ours although, behind a proxy, the host looks another.
     */
    boolean foreign(HttpServerRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !"same-origin".equals(site) && !"none".equals(site);
        }
        var origin = request.getHeader("Origin");
        return origin != null && !own(origin, request);
    }

    private boolean own(String origin, HttpServerRequest request) {
        if (!config.publicUrl().isEmpty()) {
            return config.publicUrl().equalsIgnoreCase(origin);
        }
        var authority = request.authority();
        return authority != null && site(authority.host(), authority.port()).equals(site(origin));
    }

    /* The host and port of an origin; null for what is none, such as the "null" of a sandboxed page. */
    private static @Nullable String site(String origin) {
        try {
            var uri = URI.create(origin);
            return uri.getHost() == null ? null : site(uri.getHost(), uri.getPort());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /* Browsers leave the scheme's own port out of both; behind a proxy that ends TLS the scheme itself is not ours to compare. */
    private static String site(String host, int port) {
        return host.toLowerCase(Locale.ROOT) + (port > 0 ? ":" + port : "");
    }
}
