package dev.skelly.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;

/** Determines the origin of requests from the headers of browsers and proxies, and sets the matching response headers. */
final class OriginPolicy {

    private final CrossSiteCheck origins;
    private final CorsPolicy crossOrigin;
    private final TrustedProxies proxies;
    private final SecurityHeaders security;

    /** Creates the policy of these settings. */
    OriginPolicy(HttpConfig config, TrustedProxies proxies) {
        this.origins = new CrossSiteCheck(config, proxies);
        this.crossOrigin = new CorsPolicy(config.corsOrigins());
        this.proxies = proxies;
        this.security = new SecurityHeaders(config.secure());
    }

    /** Adds the headers of every response. */
    void greet(HttpServerRequest request, MultiMap headers) {
        security.set(headers);
        crossOrigin.add(request, headers);
    }

    /** Tells whether the request is a preflight request that is allowed. */
    boolean preflight(HttpServerRequest request) {
        return crossOrigin.preflight(request);
    }

    /** Returns the caller's address. */
    String address(HttpServerRequest request) {
        return proxies.address(request);
    }

    /** Tells whether one of our own pages, or no page at all, sent the request. */
    boolean own(HttpServerRequest request) {
        return origins.own(request);
    }

    /** Tells whether a page of a site that is neither ours nor listed sent the request. */
    boolean foreign(HttpServerRequest request) {
        return origins.foreign(request) && !crossOrigin.listed(request);
    }
}
