package dev.skelly.feature;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The response of an endpoint.
 *
 * @param status HTTP status
 * @param headers extra headers in order; a name may occur twice
 * @param cookies cookies to set
 * @param body written as JSON; null for none
 */
public record Response(
        int status,
        List<Map.Entry<String, String>> headers,
        List<Cookie> cookies,
        @Nullable Object body) {

    /**
     * A cookie, always HttpOnly and SameSite=Strict, Secure over TLS.
     *
     * @param value empty to remove it
     * @param life its lifetime; zero removes it
     */
    public record Cookie(String name, String value, String path, Duration life) {}

    /** Creates a 200 response with a body. */
    public static Response ok(Object body) {
        return new Response(200, List.of(), List.of(), body);
    }

    /** Creates a 201 response with the location of the created resource. */
    public static Response created(String location, Object body) {
        return new Response(201, List.of(Map.entry("Location", location)), List.of(), body);
    }

    /** Creates a 202 response with a body. */
    public static Response accepted(Object body) {
        return new Response(202, List.of(), List.of(), body);
    }

    /** Creates a 204 response. */
    public static Response noContent() {
        return new Response(204, List.of(), List.of(), null);
    }

    /** Returns this response with one more header. */
    public Response header(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new Response(status, more, cookies, body);
    }

    /** Returns this response with the log position in a header, for responses whose body does not carry it. Unchanged for null. */
    public Response at(@Nullable String position) {
        return position == null ? this : header("Skelly-Position", position);
    }

    /** Returns this response with one more cookie. */
    public Response cookie(Cookie cookie) {
        var more = new ArrayList<>(cookies);
        more.add(cookie);
        return new Response(status, headers, more, body);
    }
}
