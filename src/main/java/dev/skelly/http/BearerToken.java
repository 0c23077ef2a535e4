package dev.skelly.http;

import dev.skelly.auth.TokenVerifier;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * Verifies the bearer token where a request carries one; a token that is not taken ends the request, on every route.
 *
 * <p>Other schemes are passed over: they may be meant for a proxy before us.
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
        var verified = verifier.verify(header.substring(SCHEME.length()).strip())
                .recover(refusal -> quota.refuse(context, refusal));
        var waiting = !verified.isComplete();
        if (waiting) {
            context.request().pause(); // So that no byte of the body arrives before somebody listens.
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
