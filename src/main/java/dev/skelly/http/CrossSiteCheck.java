package dev.skelly.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells our own pages from those of other sites, by headers that only a browser sets: {@code Sec-Fetch-Site} and {@code Origin}.
 *
 * <p>Browsers omit {@code Origin} in same-origin GETs, so only requests that change something must carry one of the two.
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
     * Tells whether a page of another site sent the request. Less strict than {@link #own}: a browser that sends neither header passes, and so
     * does one that reports same-origin although the host differs behind a proxy.
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

    /* Returns the host and port of an origin; null for other values, such as the "null" of a sandboxed page. */
    private static @Nullable String site(String origin) {
        try {
            var uri = URI.create(origin);
            return uri.getHost() == null ? null : site(uri.getHost(), uri.getPort());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /* Browsers omit the default port of the scheme in both. Behind a proxy that ends TLS the schemes differ and are not compared. */
    private static String site(String host, int port) {
        return host.toLowerCase(Locale.ROOT) + (port > 0 ? ":" + port : "");
    }
}
