package dev.skelly.http;

import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads headers that may come in several lines (RFC 9110 section 5.3). The values of a list are joined. A header with one value is rejected
 * when it is repeated, because this server and a proxy before it might each read another line.
 *
 * <p>Repeated {@code X-Request-Id} and {@code traceparent} are joined and so are invalid: the server then uses its own.
 */
final class HeaderLines {

    private static final String CODE = "malformed-header";

    /* Host, Content-Length and Idempotency-Key are checked where they are read. */
    private static final Set<String> SINGLE = Set.of(
            "authorization",
            "content-type",
            "origin",
            "referer",
            "user-agent",
            "sec-fetch-site",
            "sec-websocket-key",
            "sec-websocket-version",
            "access-control-request-method",
            "last-event-id",
            "if-modified-since",
            "if-unmodified-since");

    private static final List<String> SINGLE_FAMILIES = List.of("ce-", "webhook-");

    private HeaderLines() {}

    /** Returns the values of a header, joined by commas; null without it. */
    static @Nullable String joined(MultiMap headers, String name) {
        var lines = headers.getAll(name);
        return lines.isEmpty() ? null : String.join(", ", lines);
    }

    /** Tells whether a list has an element, in any case. */
    static boolean has(MultiMap headers, String name, String element) {
        return headers.getAll(name).stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .anyMatch(one -> one.strip().equalsIgnoreCase(element));
    }

    /** Returns the problem of all headers that are not as expected; empty for most requests. */
    static Optional<Problem> check(MultiMap headers) {
        var faults = new ArrayList<FieldError>();
        repeated(headers).forEach(name -> faults.add(new FieldError(name, "repeated", "must be sent once")));
        faults.addAll(Preconditions.faults(headers));
        return faults.isEmpty() ? Optional.empty() : Optional.of(malformed(faults));
    }

    private static Set<String> repeated(MultiMap headers) {
        var seen = new TreeSet<String>();
        var repeated = new TreeSet<String>();
        for (var header : headers) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (hasOneValue(name) && !seen.add(name)) {
                repeated.add(name);
            }
        }
        return repeated;
    }

    private static boolean hasOneValue(String name) {
        return SINGLE.contains(name) || SINGLE_FAMILIES.stream().anyMatch(name::startsWith);
    }

    /**
     * Returns the value of a cookie. HTTP/2 clients send one line for each cookie (RFC 9113 section 8.2.3).
     *
     * @throws Problem 400 when the request has several values of this cookie: one of them may be from a page of a neighbouring site
     */
    static Optional<String> cookie(MultiMap headers, String name) {
        var values = ServerCookieDecoder.STRICT.decodeAll(String.join("; ", headers.getAll("Cookie"))).stream()
                .filter(cookie -> cookie.name().equals(name))
                .map(Cookie::value)
                .distinct()
                .toList();
        if (values.size() > 1) {
            throw malformed(
                    List.of(new FieldError("cookie", "repeated", "must have one cookie with the name " + name)));
        }
        return values.stream().findFirst();
    }

    private static Problem malformed(List<FieldError> faults) {
        return new Problem(Problem.Kind.MALFORMED, CODE, "some headers are not as expected", faults, null);
    }
}
