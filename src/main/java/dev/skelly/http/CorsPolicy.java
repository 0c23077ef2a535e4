package dev.skelly.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;

/**
 * Lets pages of listed origins read answers (https://fetch.spec.whatwg.org/#http-cors-protocol). Cookies are never among what they may
 * send: they sign in by token, and open streams by ticket. So no answer ever allows credentials.
 */
final class CorsPolicy {

    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String ASKED =
            "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, "
                    + "X-Request-Id, traceparent, tracestate, "
                    + "ce-specversion, ce-id, ce-source, ce-type, ce-subject, ce-time, ce-channel, ce-dataschema";
    private static final String TOLD =
            "ETag, Location, Link, Retry-After, Skelly-Position, RateLimit, RateLimit-Policy, "
                    + "Idempotent-Replayed, WWW-Authenticate, X-Request-Id";
    private static final String SECONDS = "600";

    private final Set<String> origins;

    CorsPolicy(Set<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /** Whether the request comes from a page that is listed. */
    boolean listed(HttpServerRequest request) {
        var origin = request.getHeader("Origin");
        return origin != null && origins.contains(origin);
    }

    /** Adds what the request's page may know; nothing where no origin is listed at all. */
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

    /** Whether a browser asks, before a request of a listed origin's page, whether it may send it. */
    boolean preflight(HttpServerRequest request) {
        return HttpMethod.OPTIONS.equals(request.method())
                && request.headers().contains("Access-Control-Request-Method")
                && listed(request);
    }

    /** Adds the answer to such a question. */
    static void allow(MultiMap headers) {
        headers.set("Access-Control-Allow-Methods", METHODS)
                .set("Access-Control-Allow-Headers", ASKED)
                .set("Access-Control-Max-Age", SECONDS);
    }
}
