package dev.skelly.http;

import dev.skelly.feature.Problem;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Answers a browser's {@code EventSource} when a stream cannot be opened at the moment.
 *
 * <p>An {@code EventSource} ends for good on every status but 200, and can neither send nor read a header. So what is temporary is answered
 * with 200, a time to reconnect and the end of the stream. A client that also accepts problem documents gets those.
 */
final class EventStreamAnswer {

    private static final String MEDIA_TYPE = "text/event-stream";
    private static final Duration USUAL = Duration.ofSeconds(3);

    private EventStreamAnswer() {}

    /** Tells whether a failure is temporary and the caller understands event streams alone. */
    static boolean fits(HttpServerRequest request, Throwable failure) {
        return temporary(failure) && understandsStreamsAlone(request);
    }

    private static boolean temporary(Throwable failure) {
        return !(failure instanceof Problem problem)
                || problem.kind() == Problem.Kind.UNAVAILABLE
                || problem.kind() == Problem.Kind.TOO_MANY;
    }

    private static boolean understandsStreamsAlone(HttpServerRequest request) {
        var accepted = HeaderLines.joined(request.headers(), "Accept");
        return accepted != null
                && accepted.contains(MEDIA_TYPE)
                && !accepted.contains(ProblemWriter.MEDIA_TYPE)
                && "/api/stream".equals(request.path())
                && !"poll".equals(request.getParam("mode"));
    }

    /** Writes the answer. The caller has checked that nothing was written yet. */
    static void write(RoutingContext context, @Nullable Duration retryAfter) {
        var retry = millis(retryAfter == null ? USUAL : retryAfter);
        var frames =
                "retry: " + retry + "\nevent: skelly.bye\ndata: {\"reason\":\"busy\",\"retryMs\":" + retry + "}\n\n";
        var response = context.response();
        response.headers().remove("Retry-After");
        response.setStatusCode(200)
                .putHeader("Content-Type", MEDIA_TYPE)
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no")
                .end(frames)
                .onFailure(gone -> context.request().connection().close());
    }

    /* Spread over twice the time, so that readers who are turned away together do not return together. */
    private static long millis(Duration time) {
        var least = Math.max(500, time.toMillis());
        return least + ThreadLocalRandom.current().nextLong(least + 1_000);
    }
}
