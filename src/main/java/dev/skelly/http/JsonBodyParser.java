package dev.skelly.http;

import dev.skelly.cloudevents.CloudEventAttributes;
import dev.skelly.event.JsonMediaType;
import dev.skelly.feature.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads JSON bodies up to a maximum length. */
final class JsonBodyParser {

    private static final Set<String> MEDIA_TYPES = Set.of("application/json", "application/merge-patch+json");
    private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*\"?([^\";]*)", Pattern.CASE_INSENSITIVE);

    private JsonBodyParser() {}

    /**
     * Rejects bodies whose media type is neither JSON nor in {@code others}, and compressed ones. Where CloudEvents are among the others, any
     * media type of JSON is taken.
     *
     * @throws Problem 415 with the expected media types
     */
    static void requireJson(HttpServerRequest request, Set<String> others) {
        var header = request.getHeader("Content-Type");
        var parts = header == null ? new String[] {""} : header.split(";", 2);
        var type = JsonMediaType.withoutParameters(parts[0]);
        var charset = CHARSET.matcher(parts.length > 1 ? parts[1] : "");
        if (!(MEDIA_TYPES.contains(type) || others.contains(type) || (takesAnyJson(others) && JsonMediaType.is(type)))
                || (charset.find() && !charset.group(1).strip().equalsIgnoreCase("utf-8"))) {
            throw unsupported("send Content-Type: " + expected(others) + ", in UTF-8");
        }
        var encoding = HeaderLines.joined(request.headers(), "Content-Encoding");
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
            throw unsupported("send the body without Content-Encoding");
        }
    }

    /* In the binary mode of CloudEvents, the content type is that of the data. */
    private static boolean takesAnyJson(Set<String> others) {
        return others.contains(CloudEventAttributes.STRUCTURED);
    }

    private static String expected(Set<String> others) {
        return Stream.concat(MEDIA_TYPES.stream(), others.stream()).sorted().collect(Collectors.joining(" or "));
    }

    private static Problem unsupported(String detail) {
        return Problem.of(Problem.Kind.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", detail);
    }

    /** Returns the whole body; fails with {@link Problem} 413 as soon as it is longer than {@code bytesMax}. */
    static Future<Buffer> read(HttpServerRequest request, int bytesMax) {
        if (announced(request) > bytesMax) {
            return Future.failedFuture(tooLarge(bytesMax));
        }
        Promise<Buffer> promise = Promise.promise();
        var body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() > bytesMax) {
                request.handler(rest -> {}); // Discard the rest until the connection is closed.
                promise.tryFail(tooLarge(bytesMax));
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(ended -> promise.tryComplete(body));
        request.exceptionHandler(broken -> promise.tryFail(Problem.malformed(
                "malformed-body", "the body ends before it is whole, or a size of its chunks cannot be read")));
        if (request.version() != HttpVersion.HTTP_1_0 && HeaderLines.has(request.headers(), "Expect", "100-continue")) {
            request.response().writeContinue().onFailure(promise::tryFail);
        }
        return promise.future();
    }

    private static long announced(HttpServerRequest request) {
        var header = request.getHeader("Content-Length");
        try {
            return header == null ? 0 : Long.parseLong(header);
        } catch (NumberFormatException e) {
            return 0; // The server has rejected such a request already.
        }
    }

    private static Problem tooLarge(int bytesMax) {
        return Problem.of(Problem.Kind.TOO_LARGE, "body-too-large", "the body must be at most " + bytesMax + " bytes");
    }
}
