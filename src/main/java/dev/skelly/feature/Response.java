package dev.skelly.feature;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint answers.
 *
 * @param status HTTP status
 * @param headers extra headers in order; a name may stand twice
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
     * @param life how long; zero removes it
     */
    public record Cookie(String name, String value, String path, Duration life) {}

    /** 200 with a body. */
    public static Response ok(Object body) {
        return new Response(200, List.of(), List.of(), body);
    }

    /** 201 with the place of what was made. */
    public static Response created(String location, Object body) {
        return new Response(201, List.of(Map.entry("Location", location)), List.of(), body);
    }

    /** 202 with a body. */
    public static Response accepted(Object body) {
        return new Response(202, List.of(), List.of(), body);
    }

    /** 204. */
    public static Response noContent() {
        return new Response(204, List.of(), List.of(), null);
    }

    /** The same reply with one more header. */
    public Response header(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new Response(status, more, cookies, body);
    }

    /** The same reply, telling in a header where the log stands; for answers whose body has no place for it. Nothing for null. */
    public Response at(@Nullable String position) {
        return position == null ? this : header("Skelly-Position", position);
    }

    /** The same reply with one more cookie. */
    public Response cookie(Cookie cookie) {
        var more = new ArrayList<>(cookies);
        more.add(cookie);
        return new Response(status, headers, more, body);
    }
}
