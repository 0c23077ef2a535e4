package dev.skelly.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.feature.Response;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the responses of endpoints. */
final class ResponseWriter {

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private final JsonMapper json;
    private final boolean secure;

    ResponseWriter(JsonMapper json, boolean secure) {
        this.json = json;
        this.secure = secure;
    }

    /** Writes a response. Fails before anything is sent when the body cannot be written as JSON, and when the client left. */
    Future<Void> write(RoutingContext context, Response reply) {
        var response = context.response();
        if (response.ended() || response.closed()) {
            return Future.succeededFuture(); // A deadline has ended the response, or the client left.
        }
        var unchanged = reply.status() == OK && Preconditions.unchanged(context.request(), etag(reply));
        var body = reply.body() == null || unchanged ? null : bytes(reply.body());
        response.setStatusCode(unchanged ? NOT_MODIFIED : reply.status());
        var headers = response.headers();
        if (body != null) {
            headers.set("Content-Type", "application/json");
        }
        reply.headers().forEach(header -> headers.remove(header.getKey()));
        reply.headers().forEach(header -> headers.add(header.getKey(), header.getValue()));
        reply.cookies().forEach(cookie -> response.addCookie(cookie(cookie)));
        return body == null ? response.end() : end(context, body);
    }

    private static @Nullable String etag(Response reply) {
        return reply.headers().stream()
                .filter(header -> header.getKey().equals("ETag"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** Ends a response; for HEAD with the length of the body that GET would get. */
    static Future<Void> end(RoutingContext context, Buffer body) {
        var response = context.response();
        if (HttpMethod.HEAD.equals(context.request().method())) {
            response.putHeader("Content-Length", Integer.toString(body.length()));
        }
        return response.end(body);
    }

    private Buffer bytes(Object body) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(body.getClass().getName() + " cannot be written as JSON", e);
        }
    }

    private Cookie cookie(Response.Cookie cookie) {
        return Cookie.cookie(cookie.name(), cookie.value())
                .setPath(cookie.path())
                .setMaxAge(cookie.life().toSeconds())
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                .setSecure(secure);
    }
}
