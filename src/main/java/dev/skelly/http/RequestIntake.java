package dev.skelly.http;

import dev.skelly.event.ReplayMark;
import dev.skelly.event.TraceParent;
import dev.skelly.feature.Ids;
import dev.skelly.feature.Problem;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Handles every request first: sets its id, start time and deadline, and rejects it while the node drains. */
final class RequestIntake implements Handler<RoutingContext> {

    /* Short and safe, because it is printed in logs and sent back. */
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final Duration DRAIN_RETRY = Duration.ofSeconds(2);
    private static final Duration CONNECTIONS_RETRY = Duration.ofSeconds(5);

    private final RequestDeadlines deadlines;
    private final OriginPolicy visitors;
    private final ServingState lifecycle;
    private final RequestLog log;
    private final Supplier<UUID> ids;
    private final boolean correlationFromRequestId;

    RequestIntake(
            RequestDeadlines deadlines,
            OriginPolicy visitors,
            ServingState lifecycle,
            RequestLog log,
            Supplier<UUID> ids,
            boolean correlationFromRequestId) {
        this.deadlines = deadlines;
        this.visitors = visitors;
        this.lifecycle = lifecycle;
        this.log = log;
        this.ids = ids;
        this.correlationFromRequestId = correlationFromRequestId;
    }

    @Override
    public void handle(RoutingContext context) {
        var exchange = exchange(context);
        exchange.bind(context);
        deadlines.begun(context);
        context.addEndHandler(ended -> {
            deadlines.ended(context);
            log.write(context, exchange);
        });
        var headers = context.response().headers();
        headers.set("X-Request-Id", RequestContext.requestId(context));
        if (!HttpMethod.GET.equals(context.request().method())) {
            headers.set("X-Correlation-Id", RequestContext.correlation(context).toString());
        }
        visitors.greet(context.request(), headers);
        admit(context).ifPresentOrElse(refusal -> ProblemWriter.write(context, refusal), () -> enter(context));
    }

    private void enter(RoutingContext context) {
        if (visitors.preflight(context.request())) {
            CorsPolicy.allow(context.response().headers());
            context.response().setStatusCode(204).end().onFailure(gone -> ProblemWriter.write(context, gone));
        } else {
            context.next();
        }
    }

    private RequestContext exchange(RoutingContext context) {
        var request = context.request();
        var named = HeaderLines.joined(request.headers(), "X-Request-Id");
        var requestId = named != null && REQUEST_ID.matcher(named).matches()
                ? named
                : ids.get().toString();
        var given = correlationFromRequestId
                ? Ids.read(requestId).filter(id -> !ReplayMark.on(id))
                : Optional.<UUID>empty();
        var traceparent = traceparent(HeaderLines.joined(request.headers(), "traceparent"));
        return new RequestContext(
                requestId, given.orElseGet(ids), traceparent, System.nanoTime(), deadlines, visitors, request);
    }

    private static @Nullable String traceparent(@Nullable String header) {
        return header != null && TraceParent.isSound(header) ? header : null;
    }

    private Optional<Problem> admit(RoutingContext context) {
        var path = context.request().path();
        if (lifecycle.isDraining() && (path == null || !path.startsWith("/health/"))) {
            ProblemWriter.closeAfter(context);
            return Optional.of(
                    Problem.unavailable("this node is shutting down; another node will answer", DRAIN_RETRY));
        }
        if (deadlines.isRefused(context.request().connection())) {
            ProblemWriter.closeAfter(context);
            return Optional.of(Problem.tooMany("too many connections are open from this network", CONNECTIONS_RETRY));
        }
        if (context.request().uri().contains("%00")) {
            return Optional.of(
                    Problem.malformed("character", "the path and the query must not contain the NUL character"));
        }
        return decodes(context.request())
                ? HeaderLines.check(context.request().headers())
                : Optional.of(Problem.malformed("bad-request", "the query cannot be decoded: % is written as %25"));
    }

    /* Decodes the query here for all later readers; the request caches it. */
    private static boolean decodes(HttpServerRequest request) {
        try {
            return request.query() == null || request.params() != null;
        } catch (IllegalArgumentException undecodable) {
            return false;
        }
    }
}
