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
import java.util.List;

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
        var general = limits.general();
        var claims = RequestContext.caller(context)
                .map(Principal::account)
                .map(account -> List.of(new RateLimiter.Claim(general, account.toString(), 1)))
                .orElseGet(() -> RateLimiter.ofNetworks(general, "", RequestContext.address(context), 1));
        take(context, general, claims);
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
     * Rejects a request before its body is read when its network has no permit left for the route.
     *
     * @throws Problem 429
     */
    RoutingContext look(RoutingContext context, Route route) {
        for (var limit : route.options().limits()) {
            if (limit.scope() == RateLimit.Scope.NETWORK) {
                var seen = limits.look(RateLimiter.ofNetworks(limit, "", RequestContext.address(context), 1));
                if (!seen.allowed()) {
                    refuse(context, limit, seen);
                }
            }
        }
        return context;
    }

    /**
     * Counts a request against its route's own limits.
     *
     * @throws Problem 429
     */
    <R extends Request> R take(RoutingContext context, Route route, R request) {
        route.options().limits().forEach(limit -> take(context, limit, claims(limit, request)));
        return request;
    }

    private static List<RateLimiter.Claim> claims(RateLimit limit, Request request) {
        var key = limit.key().apply(request);
        var cost = limit.cost().applyAsInt(request);
        return limit.scope() == RateLimit.Scope.KEY
                ? List.of(new RateLimiter.Claim(limit, key, cost))
                : RateLimiter.ofNetworks(limit, key, request.address(), cost);
    }

    private void take(RoutingContext context, RateLimit limit, List<RateLimiter.Claim> claims) {
        var decision = limits.take(claims);
        if (!decision.allowed()) {
            refuse(context, limit, decision);
        }
        if (limits.enabled()) {
            RateLimitHeaders.add(context.response().headers(), limit, decision);
        }
    }

    private static void refuse(RoutingContext context, RateLimit limit, RateLimiter.Decision decision) {
        RateLimitHeaders.add(context.response().headers(), limit, decision);
        throw Problem.tooMany("too many requests; try again later", atLeastOneSecond(decision.reset()));
    }

    private static Duration atLeastOneSecond(Duration time) {
        return time.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : time;
    }
}
