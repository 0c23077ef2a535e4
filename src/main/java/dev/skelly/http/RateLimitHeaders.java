package dev.skelly.http;

import dev.skelly.feature.RateLimit;
import dev.skelly.ratelimit.RateLimiter;
import io.vertx.core.MultiMap;
import java.time.Duration;

/** Writes the rate limit headers of draft-ietf-httpapi-ratelimit-headers-10. */
final class RateLimitHeaders {

    private RateLimitHeaders() {}

    static void add(MultiMap headers, RateLimit limit, RateLimiter.Decision decision) {
        var name = '"' + limit.name() + '"';
        headers.add("RateLimit-Policy", name + ";q=" + limit.permits() + ";w=" + seconds(limit.period()));
        headers.add("RateLimit", name + ";r=" + decision.remaining() + ";t=" + seconds(decision.reset()));
    }

    private static long seconds(Duration time) {
        return (time.toMillis() + 999) / 1000;
    }
}
