package dev.skelly.http;

import dev.skelly.auth.TokenVerifier;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * Verifies the bearer token of a request that has one. An invalid token ends the request, on every route.
 *
 * <p>Ignores other schemes, which may be meant for a proxy before this server.
 */
final class BearerToken implements Handler<RoutingContext> {

    private static final String SCHEME = "Bearer ";

    private final TokenVerifier verifier;
    private final RateLimitCheck quota;

    BearerToken(TokenVerifier verifier, RateLimitCheck quota) {
        this.verifier = verifier;
        this.quota = quota;
    }

    @Override
    public void handle(RoutingContext context) {
        var header = context.request().getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            context.next();
            return;
        }
        var verified = RequestThread.back(
                verifier.verify(header.substring(SCHEME.length()).strip())
                        .recover(refusal -> quota.refuse(context, refusal)));
        var waiting = !verified.isComplete();
        if (waiting) {
            context.request().pause(); // So that no byte of the body arrives before a handler is set.
        }
        verified.onFailure(refusal -> ProblemWriter.write(context, refusal)).onSuccess(caller -> {
            RequestContext.signedIn(context, caller);
            context.next();
        });
        if (waiting) {
            verified.onComplete(ended -> context.request().resume());
        }
    }
}
