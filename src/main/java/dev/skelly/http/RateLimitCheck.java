package dev.skelly.http;

import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.feature.RateLimit;
import dev.skelly.feature.Request;
import dev.skelly.feature.Route;
import dev.skelly.ratelimit.ClientNetwork;
import dev.skelly.ratelimit.RateLimiter;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** Applies rate limits to requests, and sets their headers on every limited response. */
public final class RateLimitCheck {

    private final RateLimiter limits;

    /** Creates the check. All parts of a node share {@code limits}. */
    public RateLimitCheck(RateLimiter limits) {
        this.limits = limits;
    }

    /**
     * Counts a request against the limit for all routes: per account, or per {@link ClientNetwork} without one.
     *
     * @throws Problem 429
     */
    public RoutingContext take(RoutingContext context) {
        var caller = RequestContext.caller(context)
                .map(Principal::account)
                .map(Object::toString)
                .orElseGet(() -> ClientNetwork.of(RequestContext.address(context)));
        take(context, limits.general(), caller, 1);
        return context;
    }

    /**
     * Counts a rejected request too; otherwise tokens and roles could be tried without limit.
     *
     * @return failed with the rejection, or with {@link Problem} 429
     */
    <T> Future<T> refuse(RoutingContext context, Throwable refusal) {
        return Future.succeededFuture(context).map(this::take).compose(taken -> Future.failedFuture(refusal));
    }

    /**
     * Counts a request against its route's own limits.
     *
     * @throws Problem 429
     */
    <R extends Request> R take(RoutingContext context, Route route, R request) {
        route.options()
                .limits()
                .forEach(limit -> take(
                        context, limit, limit.key().apply(request), limit.cost().applyAsInt(request)));
        return request;
    }

    private void take(RoutingContext context, RateLimit limit, String key, int cost) {
        var decision = limits.take(limit, key, cost);
        if (limits.enabled()) {
            RateLimitHeaders.add(context.response().headers(), limit, decision);
        }
        if (!decision.allowed()) {
            throw Problem.tooMany("too many requests; try again later", atLeastOneSecond(decision.reset()));
        }
    }

    private static Duration atLeastOneSecond(Duration time) {
        return time.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : time;
    }
}
