package dev.skelly.stream;

import dev.skelly.auth.Authorization;
import dev.skelly.auth.RevokedRights;
import dev.skelly.view.EventViews;
import io.vertx.core.Context;

/** Ends the sessions of a hub whose rights end, and suspends delivery while revoked rights are unknown. Confined to the hub's context. */
final class RightsWatcher {

    private final Authorization rights;
    private final Context context;
    private final StreamHub registry;
    private final StreamCloser closer;
    private boolean heldBack; // Some session missed an event since the rights were last known.

    RightsWatcher(Authorization rights, Context context, StreamHub registry, StreamCloser closer) {
        this.rights = rights;
        this.context = context;
        this.registry = registry;
        this.closer = closer;
    }

    /** Starts to end sessions when the rights with which they were opened end. */
    void watch() {
        rights.listen(loss -> context.runOnContext(turn -> end(loss)));
    }

    /* A changed role may affect every session, so they do not all reconnect at once. */
    private void end(RevokedRights loss) {
        registry.forEach(session -> {
            if (loss.concerns(session.reader().principal())) {
                var over = loss.sessions().contains(session.reader().principal().session());
                registry.bye(
                        session,
                        over ? CloseReason.SIGNED_OUT : CloseReason.AUTH,
                        loss.roles().isEmpty() ? 0 : closer.spread());
            }
        });
    }

    /* Sessions that the present declarations would not open, or would open with other names of types, come again with their cursors. */
    void redeclared(EventViews views) {
        registry.forEach(session -> {
            var caller = session.reader().caller();
            var subscription = session.subscription();
            if (!caller.mayRead(subscription.channels(), views)
                    || !subscription.isOf(views)
                    || !caller.types().equals(caller.types().renamed(views))) {
                registry.bye(session, CloseReason.AUTH, closer.spread());
            }
        });
    }

    /**
     * Returns whether delivery is suspended because this node cannot know which rights were revoked; sessions continue from their cursors
     * afterwards.
     */
    boolean holdsBack() {
        var stale = !rights.fresh();
        heldBack |= stale;
        return stale;
    }

    /** Resumes suspended sessions; called periodically. */
    void goOn() {
        if (heldBack && rights.fresh()) {
            heldBack = false;
            registry.forEach(registry::advance);
        }
    }
}
