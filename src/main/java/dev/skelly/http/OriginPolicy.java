package dev.skelly.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;

/** Knows by what browsers and proxies write from where a request comes, and tells browsers what they may do with its answer. */
final class OriginPolicy {

    private final CrossSiteCheck origins;
    private final CorsPolicy crossOrigin;
    private final TrustedProxies proxies;
    private final SecurityHeaders security;

    /** As the settings have it. */
    OriginPolicy(HttpConfig config) {
        this.origins = new CrossSiteCheck(config);
        this.crossOrigin = new CorsPolicy(Set.copyOf(config.corsOrigins()));
        this.proxies = new TrustedProxies(config.proxies());
        this.security = new SecurityHeaders(config.secure());
    }

    /** Adds what every answer carries. */
    void greet(HttpServerRequest request, MultiMap headers) {
        security.set(headers);
        crossOrigin.add(request, headers);
    }

    /** Whether it is a browser's question that is to be answered with yes. */
    boolean preflight(HttpServerRequest request) {
        return crossOrigin.preflight(request);
    }

    /** The caller's address. */
    String address(HttpServerRequest request) {
        return proxies.address(request);
    }

    /** Whether a page of our own, or no page at all, sent it. */
    boolean own(HttpServerRequest request) {
        return origins.own(request);
    }

    /** Whether a page of a site that is neither ours nor listed sent it. */
    boolean foreign(HttpServerRequest request) {
        return origins.foreign(request) && !crossOrigin.listed(request);
    }
}
