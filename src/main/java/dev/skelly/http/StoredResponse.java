package dev.skelly.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.feature.Response;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A response that is stored for repeats of its request.
 *
 * @param headers names and values alternately
 * @param body JSON text; null without one
 */
record StoredResponse(
        int status,
        List<String> headers,
        List<Response.Cookie> cookies,
        @Nullable String body) {

    private static final String REPEATED = "Idempotent-Replayed";

    /** A JSON text that is written unchanged as a body. */
    private record WrittenResponse(@JsonValue @JsonRawValue String json) {}

    static byte[] write(Response reply, JsonMapper json) {
        try {
            var headers = reply.headers().stream()
                    .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
                    .toList();
            var body = reply.body() == null ? null : json.writeValueAsString(reply.body());
            return json.writeValueAsBytes(new StoredResponse(reply.status(), headers, reply.cookies(), body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a reply cannot be written as JSON", e);
        }
    }

    /** Returns the stored response, with a header that marks it as repeated. */
    static Response read(byte[] bytes, JsonMapper json) {
        try {
            var kept = json.readValue(bytes, StoredResponse.class);
            var body = kept.body() == null ? null : new WrittenResponse(kept.body());
            var reply = new Response(kept.status(), List.of(), kept.cookies(), body);
            for (var at = 0; at < kept.headers().size(); at += 2) {
                reply = reply.header(kept.headers().get(at), kept.headers().get(at + 1));
            }
            return reply.header(REPEATED, "true");
        } catch (IOException e) {
            throw new IllegalStateException("a kept reply cannot be read", e);
        }
    }
}
