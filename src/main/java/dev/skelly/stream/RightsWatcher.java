package dev.skelly.stream;

import dev.skelly.auth.Authorization;
import dev.skelly.auth.RevokedRights;
import io.vertx.core.Context;

/** What a registry does when rights end, and while nobody can know whose did. Confined to the registry's context. */
final class RightsWatcher {

    private final Authorization rights;
    private final Context context;
    private final StreamHub registry;
    private final StreamCloser closer;
    private boolean heldBack; // Somebody was not given something since rights were last known.

    RightsWatcher(Authorization rights, Context context, StreamHub registry, StreamCloser closer) {
        this.rights = rights;
        this.context = context;
        this.registry = registry;
        this.closer = closer;
    }

    /** From now on sessions end with the rights that they were opened with. */
    void watch() {
        rights.listen(loss -> context.runOnContext(turn -> end(loss)));
    }

    /* A changed role may be everybody's: they do not all come back at once. */
    private void end(RevokedRights loss) {
        registry.forEach(session -> {
            if (loss.concerns(session.reader().principal())) {
                registry.bye(session, CloseReason.AUTH, loss.roles().isEmpty() ? 0 : closer.spread());
            }
        });
    }

    /** Whether nobody is given anything, because this node cannot know who lost a right; sessions go on from their cursors afterwards. */
    boolean holdsBack() {
        var stale = !rights.fresh();
        heldBack |= stale;
        return stale;
    }

    /** Once in a while: goes on where it was held back. */
    void goOn() {
        if (heldBack && rights.fresh()) {
            heldBack = false;
            registry.forEach(registry::advance);
        }
    }
}
