package dev.skelly.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Allows pages of listed origins to read responses (https://fetch.spec.whatwg.org/#http-cors-protocol). They cannot send cookies: they
 * authenticate by token, and open streams by ticket. So no response allows credentials.
 */
final class CorsPolicy {

    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String ASKED =
            "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, "
                    + "X-Request-Id, traceparent, tracestate, "
                    + "ce-specversion, ce-id, ce-source, ce-type, ce-subject, ce-time, ce-channel, ce-dataschema";
    private static final String TOLD =
            "ETag, Location, Link, Retry-After, Skelly-Position, RateLimit, RateLimit-Policy, "
                    + "Idempotent-Replayed, WWW-Authenticate, X-Correlation-Id, X-Request-Id";
    private static final String SECONDS = "600";

    private final Set<WebOrigin> origins;

    CorsPolicy(List<String> origins) {
        this.origins = origins.stream()
                .flatMap(origin -> WebOrigin.of(origin).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Tells whether the request comes from a page of a listed origin. */
    boolean listed(HttpServerRequest request) {
        var origin = HeaderLines.joined(request.headers(), "Origin"); // Two origins are not one of the list.
        return origin != null && WebOrigin.of(origin).filter(origins::contains).isPresent();
    }

    /** Adds the CORS headers for the request's page; none when no origin is listed. */
    void add(HttpServerRequest request, MultiMap headers) {
        if (origins.isEmpty()) {
            return;
        }
        headers.add("Vary", "Origin");
        if (listed(request)) {
            headers.set("Access-Control-Allow-Origin", request.getHeader("Origin"));
            headers.set("Access-Control-Expose-Headers", TOLD);
        }
    }

    /** Tells whether the request is a preflight request of a listed origin. */
    boolean preflight(HttpServerRequest request) {
        return HttpMethod.OPTIONS.equals(request.method())
                && request.headers().contains("Access-Control-Request-Method")
                && listed(request);
    }

    /** Adds the response headers of a preflight request. */
    static void allow(MultiMap headers) {
        headers.set("Access-Control-Allow-Methods", METHODS)
                .set("Access-Control-Allow-Headers", ASKED)
                .set("Access-Control-Max-Age", SECONDS);
    }
}
