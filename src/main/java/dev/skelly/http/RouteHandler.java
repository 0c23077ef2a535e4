package dev.skelly.http;

import dev.skelly.feature.Response;
import dev.skelly.feature.Route;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles requests of one route from the access check to the response. Confined to the verticle's context. */
final class RouteHandler implements Handler<RoutingContext> {

    private static final Logger LOGGER = LoggerFactory.getLogger(RouteHandler.class);

    private final Route route;
    private final Route.Endpoint endpoint;
    private final RouteServices services;
    private final AccessCheck admission;
    private final RateLimitCheck quota;
    private final QueryCheck query;
    private final RequestBodyReader bodies;
    private final ResponseWriter replies;

    RouteHandler(Route route, RouteServices services) {
        this.route = route;
        this.endpoint = Preconditions.checked(route);
        this.services = services;
        this.admission = new AccessCheck(route, services.tokens());
        this.quota = services.quota();
        this.query = new QueryCheck(route);
        this.bodies = new RequestBodyReader(route, services.config().bodyBytesMax(), services.json());
        this.replies = new ResponseWriter(services.json(), services.config().secure());
    }

    @Override
    public void handle(RoutingContext context) {
        RequestContext.route(context, route.path());
        var admitted = RequestThread.back(admission.admit(context));
        admitted.recover(refusal -> RequestThread.back(quota.refuse(context, refusal)))
                .map(quota::take)
                .map(in -> quota.look(in, route))
                .compose(in -> query.guard(in, () -> bodies.read(in.request()), () -> served(in)))
                .compose(reply -> replies.write(context, reply))
                .onFailure(failure -> refuse(context, failure));
        if (!admitted.isComplete()) {
            context.request().pause(); // So that no byte of the body arrives before a handler is set.
            admitted.onComplete(ended -> context.request().resume());
        }
    }

    private Future<Response> served(RoutingContext context) {
        return bodies.read(context.request())
                .map(body -> request(context, body))
                .map(request -> quota.take(context, route, request))
                .compose(this::answer);
    }

    private ParsedRequest request(RoutingContext context, RequestBody body) {
        return new ParsedRequest(
                context, body, services.json(), services.config().secure(), services.ids());
    }

    private Future<Response> answer(ParsedRequest request) {
        return RequestThread.back(
                route.options().idempotent() ? services.repeats().answer(request, endpoint) : endpoint.answer(request));
    }

    private static void refuse(RoutingContext context, Throwable failure) {
        if (context.response().closed()) {
            LOGGER.atDebug()
                    .setCause(failure)
                    .addKeyValue("requestId", RequestContext.requestId(context))
                    .addKeyValue("correlation", RequestContext.correlation(context))
                    .log("client left before the response");
            return;
        }
        ProblemWriter.write(context, failure);
    }
}
