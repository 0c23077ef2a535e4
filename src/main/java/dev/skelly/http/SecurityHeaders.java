package dev.skelly.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * Sets the security headers of every response. Pages relax them for themselves. No header names a product or version.
 */
final class SecurityHeaders {

    private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence SAME_ORIGIN = HttpHeaders.createOptimized("same-origin");
    private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
    private static final CharSequence DENY = HttpHeaders.createOptimized("DENY");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final CharSequence NOTHING =
            HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");
    private static final CharSequence NO_FEATURES =
            HttpHeaders.createOptimized("camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    private static final CharSequence TLS_ONLY = HttpHeaders.createOptimized("max-age=31536000"); // One year.

    private final boolean secure;

    /** Creates the headers; {@code secure} when browsers reach the server over TLS. */
    SecurityHeaders(boolean secure) {
        this.secure = secure;
    }

    void set(MultiMap headers) {
        headers.set("X-Content-Type-Options", NO_SNIFF)
                .set("X-Frame-Options", DENY)
                .set("Content-Security-Policy", NOTHING)
                .set("Referrer-Policy", NO_REFERRER)
                .set("Permissions-Policy", NO_FEATURES)
                .set("Cross-Origin-Opener-Policy", SAME_ORIGIN)
                .set("Cross-Origin-Resource-Policy", SAME_ORIGIN)
                .set("Cache-Control", NO_STORE);
        if (secure) {
            headers.set("Strict-Transport-Security", TLS_ONLY);
        }
    }
}
