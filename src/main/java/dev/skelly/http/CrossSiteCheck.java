package dev.skelly.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * Tells our own pages from those of other sites, by headers that only a browser sets: {@code Sec-Fetch-Site} and {@code Origin}.
 *
 * <p>Browsers omit {@code Origin} in same-origin GETs, so only requests that change something must carry one of the two.
 */
final class CrossSiteCheck {

    private final HttpConfig config;
    private final TrustedProxies proxies;

    CrossSiteCheck(HttpConfig config, TrustedProxies proxies) {
        this.config = config;
        this.proxies = proxies;
    }

    boolean own(HttpServerRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        var origin = request.getHeader("Origin");
        var reading = HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method());
        if (site != null && !"same-origin".equals(site) && !(reading && "none".equals(site))) {
            return false;
        }
        return origin == null ? reading || site != null : isOurs(origin, request);
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
        return origin != null && !isOurs(origin, request);
    }

    private boolean isOurs(String origin, HttpServerRequest request) {
        var page = WebOrigin.of(origin);
        return page.isPresent() && page.equals(address(request));
    }

    /* Where browsers find this server. */
    private Optional<WebOrigin> address(HttpServerRequest request) {
        if (!config.publicUrl().isEmpty()) {
            return WebOrigin.of(config.publicUrl());
        }
        return Optional.ofNullable(request.authority())
                .map(authority -> WebOrigin.of(proxies.scheme(request), authority.host(), authority.port()));
    }
}
