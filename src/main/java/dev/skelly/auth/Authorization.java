package dev.skelly.auth;

import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches the void tokens and the permissions of roles. Reads them several times a second; a node that cannot read them for a while rejects all
 * callers (decision note 0070).
 *
 * <p>One per node, deployed before the parts that use it. All methods except deployment are safe on any thread.
 */
public final class Authorization implements Deployable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Authorization.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final long EVERYTHING_AGAIN_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long LOOK_MILLIS_MAX = 2_000;

    private final RightsSource source;
    private final RightsConfig config;
    private final List<Consumer<RevokedRights>> listeners = new CopyOnWriteArrayList<>();
    private volatile RightsSnapshot known = RightsSnapshot.NOTHING;
    private volatile @Nullable Long lookedAt; // System.nanoTime() when the last successful read began.

    // Confined to the deployment's context.
    private @Nullable String horizon;
    private long everythingAt;
    private boolean failing;
    private boolean stopped;

    /** Creates the cache. It reads {@code source} once deployed. */
    public Authorization(RightsSource source, RightsConfig config) {
        this.source = source;
        this.config = config;
    }

    /* A failed first read does not fail the start: the node starts, rejects callers, and keeps reading. */
    @Override
    public Future<?> deploy(Context context) {
        return look().onComplete(looked -> next(context)).otherwiseEmpty();
    }

    @Override
    public Future<?> undeploy(Context context) {
        stopped = true;
        return Future.succeededFuture();
    }

    private void next(Context context) {
        if (!stopped) {
            context.owner().setTimer(config.poll().toMillis(), tick -> look().onComplete(looked -> next(context)));
        }
    }

    private Future<Void> look() {
        var begun = System.nanoTime();
        var all = horizon == null || begun - everythingAt > EVERYTHING_AGAIN_NANOS;
        return Future.succeededFuture(all ? null : horizon)
                .compose(source::read)
                .timeout(LOOK_MILLIS_MAX, TimeUnit.MILLISECONDS)
                .map(page -> take(page, begun, all))
                .onFailure(this::failed);
    }

    private Void take(RightsDelta page, long begun, boolean all) {
        horizon = page.horizon();
        if (all) {
            everythingAt = begun;
        }
        var before = known;
        var after = before.after(page, all);
        known = after;
        lookedAt = begun;
        failing = false;
        var loss = after.lossSince(before, page);
        if (!loss.none()) {
            listeners.forEach(listener -> listener.accept(loss));
        }
        return null;
    }

    /* The database that responds next may be an earlier state of this one, so everything is read again. */
    private void failed(Throwable failure) {
        horizon = null;
        if (!failing) {
            failing = true;
            LOGGER.atWarn().setCause(failure).log("rights cannot be read, callers will be rejected soon");
        }
    }

    /** Adds a listener for revoked rights, called on any thread. Cannot be removed. */
    public void listen(Consumer<RevokedRights> listener) {
        listeners.add(listener);
    }

    /** Tells whether the cached rights are recent enough. */
    public boolean fresh() {
        var looked = lookedAt;
        return looked != null && System.nanoTime() - looked <= config.staleMax().toNanos();
    }

    /**
     * Returns why a caller with a genuine token is rejected: 401 when the token is void, 503 while this node cannot check.
     *
     * @return empty for nearly all callers
     */
    public Optional<Problem> refusal(Principal principal) {
        if (known.ended(principal)) {
            return Optional.of(
                    Problem.unauthenticated(TokenVerifier.SIGNED_OUT, "the session has ended; sign in again"));
        }
        if (known.outdated(principal)) {
            return Optional.of(
                    Problem.unauthenticated(TokenVerifier.INVALID, "the access token is no longer valid; refresh it"));
        }
        return fresh()
                ? Optional.empty()
                : Optional.of(Problem.unavailable("rights cannot be checked at the moment; try again", RETRY_AFTER));
    }

    /** Returns the same caller without roles that do not exist. */
    Principal present(Principal principal) {
        return known.present(principal);
    }

    /**
     * Tells whether a caller has a permission by the current roles.
     *
     * @param act e.g. {@code emit:cart.abandoned}, see {@link Permissions}
     */
    public boolean may(Principal principal, String act) {
        return fresh()
                && principal.roles().stream()
                        .anyMatch(role -> known.grants(role).allow(act));
    }

    /** Tells whether a caller may read a channel: one of their own, or one that a role of theirs may read. */
    public boolean mayRead(Principal principal, String channel) {
        return principal.channels().contains(channel) || may(principal, "read:" + channel);
    }
}
