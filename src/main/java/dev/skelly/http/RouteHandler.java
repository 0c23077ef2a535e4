package dev.skelly.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Request;
import dev.skelly.feature.Route;
import dev.skelly.security.RateLimits;
import dev.skelly.security.TokenVerifier;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a request of one route from its access check to its answer. Confined to the verticle's context. */
final class RouteHandler implements Handler<RoutingContext> {

    private static final Logger LOGGER = LoggerFactory.getLogger(RouteHandler.class);

    private final Route route;
    private final HttpConfig config;
    private final RateLimits limits;
    private final JsonMapper json;
    private final Replies replies;
    private final Admission admission;
    private final BodyReader bodies;

    RouteHandler(Route route, HttpConfig config, TokenVerifier tokens, RateLimits limits, JsonMapper json) {
        this.route = route;
        this.config = config;
        this.limits = limits;
        this.json = json;
        this.replies = new Replies(json, config.secure());
        this.admission = new Admission(route, tokens);
        this.bodies = new BodyReader(route, config.bodyBytesMax(), json);
    }

    @Override
    public void handle(RoutingContext context) {
        Exchange.route(context, route.path());
        var admitted = admission.admit(context);
        admitted.compose(in -> bodies.read(in.request()))
                .map(body -> (Request) new WebRequest(context, body, json, config.secure()))
                .map(request -> limit(context, request))
                .compose(route.endpoint()::answer)
                .compose(reply -> replies.write(context, reply))
                .onFailure(failure -> refuse(context, failure));
        if (!admitted.isComplete()) {
            context.request().pause(); // So that no byte of the body arrives before somebody listens.
            admitted.onComplete(ended -> context.request().resume());
        }
    }

    private Request limit(RoutingContext context, Request request) {
        for (var limit : route.limits()) {
            var decision = limits.take(limit, limit.key().apply(request));
            if (limits.enabled()) {
                RateLimitHeaders.add(context.response().headers(), limit, decision);
            }
            if (!decision.allowed()) {
                throw Problem.tooMany("too many requests; try again later", atLeastOneSecond(decision.reset()));
            }
        }
        return request;
    }

    private static Duration atLeastOneSecond(Duration time) {
        return time.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : time;
    }

    private static void refuse(RoutingContext context, Throwable failure) {
        if (context.response().closed()) {
            LOGGER.atDebug()
                    .setCause(failure)
                    .addKeyValue("requestId", Exchange.requestId(context))
                    .log("client left before its answer");
            return;
        }
        Problems.write(context, failure);
    }
}
