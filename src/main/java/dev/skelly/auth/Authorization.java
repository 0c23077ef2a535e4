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
 * What this node knows of rights: which tokens are void, and what roles may do. Looks several times a second; a node that cannot look
 * for a while trusts nobody (decision note 0070).
 *
 * <p>One a node, deployed before what asks it. Everything but deploying is safe on any thread.
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
    private volatile @Nullable Long lookedAt; // System.nanoTime() when the last look that succeeded began.

    // Confined to the deployment's context.
    private @Nullable String horizon;
    private long everythingAt;
    private boolean failing;
    private boolean stopped;

    /** Looks at {@code source} once it is deployed. */
    public Authorization(RightsSource source, RightsConfig config) {
        this.source = source;
        this.config = config;
    }

    /* A first look that fails does not fail the start: the node comes up refusing, and goes on looking. */
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

    /* The database that answers next may be an earlier state of this one: then everything is read again. */
    private void failed(Throwable failure) {
        horizon = null;
        if (!failing) {
            failing = true;
            LOGGER.atWarn().setCause(failure).log("rights cannot be read, soon nobody is trusted");
        }
    }

    /** Told, on any thread, of rights that ended after this node knows of them. For the node's life. */
    public void listen(Consumer<RevokedRights> listener) {
        listeners.add(listener);
    }

    /** Whether what is known is young enough to be acted upon. */
    public boolean fresh() {
        var looked = lookedAt;
        return looked != null && System.nanoTime() - looked <= config.staleMax().toNanos();
    }

    /**
     * Why somebody whose token is genuine is refused all the same: 401 where it was made void, 503 while this node cannot know.
     *
     * @return empty for nearly everybody
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

    /** The same person without roles that are none. */
    Principal present(Principal principal) {
        return known.present(principal);
    }

    /**
     * Whether a signed-in person may do something, by their roles of now.
     *
     * @param act e.g. {@code emit:cart.abandoned}, see {@link Permissions}
     */
    public boolean may(Principal principal, String act) {
        return fresh()
                && principal.roles().stream()
                        .anyMatch(role -> known.grants(role).allow(act));
    }

    /** Whether somebody may read a channel: one of their own, or one that a role of theirs may read. */
    public boolean mayRead(Principal principal, String channel) {
        return principal.channels().contains(channel) || may(principal, "read:" + channel);
    }
}
