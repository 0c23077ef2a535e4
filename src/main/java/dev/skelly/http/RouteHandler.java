package dev.skelly.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.skelly.feature.Access;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Request;
import dev.skelly.feature.Route;
import dev.skelly.security.RateLimits;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
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
    private final @Nullable ShapeCheck shape;

    RouteHandler(Route route, HttpConfig config, RateLimits limits, JsonMapper json) {
        this.route = route;
        this.config = config;
        this.limits = limits;
        this.json = json;
        this.replies = new Replies(json, config.secure());
        this.shape = route.takes() == null ? null : new ShapeCheck(route.takes(), json);
    }

    @Override
    public void handle(RoutingContext context) {
        Exchange.route(context, route.path());
        Future.succeededFuture(context)
                .map(this::admit)
                .compose(this::body)
                .map(body -> (Request) new WebRequest(context, body, json, config.secure()))
                .map(request -> limit(context, request))
                .compose(route.endpoint()::answer)
                .compose(reply -> replies.write(context, reply))
                .onFailure(failure -> refuse(context, failure));
    }

    private RoutingContext admit(RoutingContext context) {
        var caller = Exchange.caller(context);
        if (route.access() != Access.ANYONE && caller.isEmpty()) {
            throw Problem.unauthenticated("sign-in-required", "sign in first");
        }
        if (route.access() == Access.ADMIN && !caller.orElseThrow().admin()) {
            throw Problem.forbidden("this is for administrators");
        }
        return context;
    }

    private Future<JsonNode> body(RoutingContext context) {
        var check = shape;
        var takes = route.takes();
        if (check == null || takes == null) {
            return Future.succeededFuture(MissingNode.getInstance());
        }
        if (!takes.optional()) {
            Bodies.requireJson(context.request());
        }
        return Bodies.read(context.request(), config.bodyBytesMax())
                .map(body -> body.length() == 0 && takes.optional()
                        ? json.createObjectNode()
                        : announcedAndChecked(context, body, check));
    }

    private JsonNode announcedAndChecked(RoutingContext context, Buffer body, ShapeCheck check) {
        Bodies.requireJson(context.request());
        return checked(body, check);
    }

    private JsonNode checked(Buffer body, ShapeCheck check) {
        var document = JsonBody.parse(body, json);
        var faults = check.faults(document);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        return document;
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
