package dev.skelly.auth;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies access tokens on any node: {@link TokenRules} checks the form, {@link JWTAuth} the signature. The keys come from the persistence
 * role.
 *
 * <p>Deploy one per node, before the parts that use it. It starts only when there is a key to verify with. Safe on any context.
 */
public final class TokenVerifier implements Deployable {

    /** Code of the 401 for an expired token; other rejected tokens have {@code invalid-token}. */
    public static final String EXPIRED = "expired-token";

    /** Code of the 401 for an invalid token. */
    public static final String INVALID = "invalid-token";

    /** Code of the 401 for a token whose session has ended. */
    public static final String SIGNED_OUT = "signed-out";

    private static final Logger LOGGER = LoggerFactory.getLogger(TokenVerifier.class);
    private static final Duration KEYS_KEPT = Duration.ofMinutes(1); // After this, retired keys are removed.
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final int TOKENS_MAX = 2_048 * VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE; // 2 MB per event loop.
    private static final int START_TRIES = 60; // Half a minute, for a persistence node to make the first key.

    private final TokenRules form;
    private final VerificationKeys keys;
    private final Authorization rights;
    private final Clock clock;
    private final Duration leeway;
    private final SessionHolders holders;

    /* Verifying a signature takes some 0.3 ms, a cache lookup nearly nothing. The executor keeps maintenance on the calling thread. */
    private final Cache<String, Principal> verified = Caffeine.newBuilder()
            .maximumSize(TOKENS_MAX)
            .executor(Runnable::run)
            .build();

    /** Creates a verifier of the tokens that {@link TokenIssuer} signs with the same settings on any node. */
    public TokenVerifier(
            CommandBus commands, Authorization rights, SecurityConfig config, JsonMapper json, Clock clock) {
        this.rights = rights;
        this.form = new TokenRules(json, config);
        this.keys = new VerificationKeys(commands, clock);
        this.clock = clock;
        this.leeway = config.tokenLeeway();
        this.holders = new SessionHolders(commands, rights, clock);
    }

    @Override
    public Future<?> deploy(Context context) {
        var vertx = context.owner();
        return load(vertx, START_TRIES).onSuccess(loaded -> vertx.setPeriodic(KEYS_KEPT.toMillis(), tick -> reload()));
    }

    private Future<Void> load(Vertx vertx, int tries) {
        return keys.load()
                .recover(failure -> failure instanceof Problem && tries > 1
                        ? later(vertx).compose(waited -> load(vertx, tries - 1))
                        : Future.failedFuture(failure));
    }

    private static Future<Void> later(Vertx vertx) {
        Promise<Void> promise = Promise.promise();
        vertx.setTimer(RETRY.toMillis(), tick -> promise.complete());
        return promise.future();
    }

    private void reload() {
        keys.load()
                .onFailure(failure -> LOGGER.atDebug()
                        .setCause(failure)
                        .log("public keys could not be reloaded; the cached ones stay in use"));
    }

    /** Returns the public keys for other services, as last read. */
    public JsonWebKeySet keySet() {
        return keys.keySet();
    }

    /**
     * Returns the caller of a token.
     *
     * @return fails with {@link Problem} 401, code {@link #EXPIRED}, {@link #SIGNED_OUT} or {@link #INVALID}; 503 while rights cannot be checked
     */
    public Future<Principal> verify(String token) {
        var known = verified.getIfPresent(token);
        if (known != null) {
            return alive(known, token);
        }
        return form.read(token, clock.instant())
                .map(read -> key(read.kid()).compose(key -> check(key, token, read.principal())))
                .orElseGet(TokenVerifier::invalid);
    }

    /**
     * Returns the caller of a session cookie, with the roles of now. The caller expires with the session.
     *
     * @param cookie a {@link SessionCookieSecret}; an access token is accepted too, as the cookies of earlier releases hold one
     * @return fails with {@link Problem} 401, code {@link #SIGNED_OUT} when the session has ended; 503 while that cannot be checked
     */
    public Future<Principal> verifyCookie(String cookie) {
        return SessionCookieSecret.parse(cookie).map(holders::ofCookie).orElseGet(() -> verify(cookie));
    }

    /** Returns the account of a session that the caller proved by other means; fails like {@link #verifyCookie}. */
    public Future<Principal> holder(UUID session) {
        return holders.of(session, null);
    }

    /** Tells whether a caller has a permission now; see {@link Authorization#may}. */
    public boolean may(Principal principal, String act) {
        return rights.may(principal, act);
    }

    private Future<JWTAuth> key(String kid) {
        var key = keys.get(kid);
        return key != null ? Future.succeededFuture(key) : keys.fresh().compose(asked -> found(keys.get(kid)));
    }

    private static Future<JWTAuth> found(@Nullable JWTAuth key) {
        return key == null ? invalid() : Future.succeededFuture(key);
    }

    private Future<Principal> check(JWTAuth key, String token, Principal principal) {
        return key.authenticate(new TokenCredentials(token))
                .transform(checked -> checked.succeeded() ? remember(token, principal) : invalid());
    }

    private Future<Principal> remember(String token, Principal principal) {
        if (!over(principal)) {
            verified.put(token, principal);
        }
        return alive(principal, token);
    }

    private Future<Principal> alive(Principal principal, String token) {
        if (!over(principal)) {
            return rights.refusal(principal)
                    .<Future<Principal>>map(Future::failedFuture)
                    .orElseGet(() -> Future.succeededFuture(rights.present(principal)));
        }
        verified.invalidate(token);
        return Future.failedFuture(Problem.unauthenticated(EXPIRED, "the access token has expired; refresh it"));
    }

    private boolean over(Principal principal) {
        Instant end = principal.expires().plus(leeway);
        return !clock.instant().isBefore(end);
    }

    private static <T> Future<T> invalid() {
        return Future.failedFuture(Problem.unauthenticated(INVALID, "the access token is not valid"));
    }
}
