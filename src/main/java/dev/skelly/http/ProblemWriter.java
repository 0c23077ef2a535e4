package dev.skelly.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.auth.TokenVerifier;
import dev.skelly.event.Json;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import dev.skelly.feature.ProblemStatus;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes every failure as an RFC 9457 document. A bug becomes 500 and a log line; its message is not sent. */
public final class ProblemWriter {

    private static final Logger LOGGER = LoggerFactory.getLogger(ProblemWriter.class);
    private static final JsonMapper JSON = Json.mapper();
    static final String MEDIA_TYPE = "application/problem+json";
    private static final int BUG = 500;
    private static final String INTERNAL = "internal";
    private static final List<Integer> OF_THE_SERVER = List.of(400, 414, 431, 505); // HttpVerticle sends these.

    /** The statuses of requests that the router itself rejects. */
    static final List<Integer> OF_THE_ROUTER = List.of(400, 404, 405, 406, 413, 415);

    private ProblemWriter() {}

    /** Responds to a request with a failure. Resets the connection when the response has started; does nothing when it has ended. */
    public static void write(RoutingContext context, Throwable failure) {
        var answered = context.response().headWritten() || context.response().closed();
        if (!answered && EventStreamAnswer.fits(context.request(), failure)) {
            if (!(failure instanceof Problem)) {
                log(context, failure);
            }
            EventStreamAnswer.write(context, failure instanceof Problem problem ? problem.retryAfter() : null);
        } else if (failure instanceof Problem problem) {
            write(context, problem);
        } else if (failure instanceof HttpException http) {
            write(context, http.getStatusCode()); // The router reports queries that cannot be decoded, for example.
        } else {
            writeBug(context, failure);
        }
    }

    private static void writeBug(RoutingContext context, Throwable failure) {
        log(context, failure);
        send(context, BUG, INTERNAL, "an internal error occurred; the log has it under the request id", List.of());
    }

    private static void log(RoutingContext context, Throwable failure) {
        LOGGER.atError()
                .setCause(failure)
                .addKeyValue("requestId", RequestContext.requestId(context))
                .addKeyValue("correlation", RequestContext.correlation(context))
                .addKeyValue("route", RequestContext.of(context).route())
                .log("a request failed because of a bug");
    }

    private static void write(RoutingContext context, Problem problem) {
        var headers = context.response().headers();
        var retryAfter = problem.retryAfter();
        if (!context.response().headWritten()) {
            if (retryAfter != null) {
                headers.set("Retry-After", Long.toString(seconds(retryAfter)));
            }
            if (problem.kind() == Problem.Kind.UNAUTHENTICATED) {
                headers.set("WWW-Authenticate", challenge(problem.code()));
            }
        }
        send(context, ProblemStatus.of(problem.kind()), problem.code(), problem.detail(), problem.faults());
    }

    /* RFC 6750 section 3: no error when no token was sent. */
    private static String challenge(String code) {
        var token = code.equals(TokenVerifier.INVALID) || code.equals(TokenVerifier.EXPIRED);
        return token ? "Bearer error=\"invalid_token\"" : "Bearer";
    }

    private static long seconds(Duration time) {
        return Math.max(1, (time.toMillis() + 999) / 1000);
    }

    /** Returns the codes of responses that no route sends, and of internal failures. */
    public static List<String> codes() {
        var found =
                Stream.concat(OF_THE_ROUTER.stream(), OF_THE_SERVER.stream()).map(ProblemWriter::slug);
        return Stream.concat(found, Stream.of(INTERNAL)).distinct().toList();
    }

    /** Responds with a status that the router or the server determined. */
    static void write(RoutingContext context, int status) {
        send(context, status, slug(status), refused(status), List.of());
    }

    /** Returns the document for a request that did not reach the router. */
    static Buffer document(int status, String requestId) {
        return document(status, slug(status), refused(status), null, requestId, List.of());
    }

    private static String refused(int status) {
        return "the request was rejected: " + HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    private static String slug(int status) {
        var reason = HttpResponseStatus.valueOf(status).reasonPhrase();
        return reason.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private static void send(RoutingContext context, int status, String code, String detail, List<FieldError> faults) {
        var response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            var unused = response.reset();
            return;
        }
        if (bodyToCome(context.request())) {
            closeAfter(context); // The rest of the body would be read in vain.
        }
        var path = context.request().path();
        var document = document(status, code, detail, path, RequestContext.requestId(context), faults);
        response.setStatusCode(status)
                .putHeader("Content-Type", MEDIA_TYPE)
                .putHeader("Cache-Control", "no-store") // Regardless of the intended response.
                .end(document)
                .onFailure(gone -> LOGGER.atTrace().log("client left before the response"));
    }

    private static boolean bodyToCome(HttpServerRequest request) {
        var length = request.getHeader("Content-Length");
        var announced =
                (length != null && !length.equals("0")) || request.headers().contains("Transfer-Encoding");
        return announced && !request.isEnded();
    }

    /** Closes the connection after this response on HTTP/1.1. HTTP/2 ends streams instead. */
    static void closeAfter(RoutingContext context) {
        if (context.request().version() != HttpVersion.HTTP_2) {
            context.response().putHeader("Connection", "close");
        }
    }

    /** Returns the document of a problem that is sent by other means than a response. */
    public static String document(Problem problem, String requestId) {
        return document(
                        ProblemStatus.of(problem.kind()),
                        problem.code(),
                        problem.detail(),
                        null,
                        requestId,
                        problem.faults())
                .toString();
    }

    /** Returns the document of a bug, which the log has under the request id. */
    public static String bugDocument(String requestId) {
        return document(
                        BUG,
                        INTERNAL,
                        "an internal error occurred; the log has it under the request id",
                        null,
                        requestId,
                        List.of())
                .toString();
    }

    private static Buffer document(
            int status, String code, String detail, @Nullable String path, String requestId, List<FieldError> faults) {
        var document = new LinkedHashMap<String, Object>();
        document.put("type", "/problems/" + code);
        document.put("title", HttpResponseStatus.valueOf(status).reasonPhrase());
        document.put("status", status);
        document.put("detail", detail);
        if (path != null) {
            document.put("instance", path);
        }
        document.put("code", code);
        document.put("requestId", requestId);
        if (!faults.isEmpty()) {
            document.put("errors", new ArrayList<>(faults));
        }
        return bytes(document);
    }

    private static Buffer bytes(Map<String, Object> document) {
        try {
            return Buffer.buffer(JSON.writeValueAsBytes(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can be written", e);
        }
    }
}
