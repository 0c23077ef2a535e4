package dev.skelly.event;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Holds the event types of this process as they are now. A change of the declarations replaces the whole registry. For two
 * answers that fit together, call {@link #get} once and ask that registry twice. Safe on any thread.
 */
public final class CurrentEventTypes implements Supplier<EventTypeRegistry> {

    private final List<Function<EventTypeRegistry, Runnable>> users = new CopyOnWriteArrayList<>();
    private volatile EventTypeRegistry present;

    /** Holds the types of the start. */
    public CurrentEventTypes(EventTypeRegistry types) {
        this.present = types;
    }

    /** Returns the registry as it is now; it never changes itself. */
    @Override
    public EventTypeRegistry get() {
        return present;
    }

    /**
     * Registers a user of the types.
     *
     * @param user called with the next registry on the thread that replaces, which may be blocked. Throws {@link InvalidEventTypesException}
     *     with the reasons why it cannot go on with it; nothing changes then. Otherwise returns what to do after the change
     */
    public void onChange(Function<EventTypeRegistry, Runnable> user) {
        users.add(user);
    }

    /**
     * Replaces the registry if all users accept the next one. Blocks.
     *
     * @throws InvalidEventTypesException with the reasons of all users that refuse; the present one stays
     */
    public synchronized void replace(EventTypeRegistry next) {
        var reasons = new ArrayList<>(SensitiveFieldRules.changes(present, next));
        var acts = new ArrayList<Runnable>();
        for (var user : users) {
            try {
                acts.add(user.apply(next));
            } catch (InvalidEventTypesException refused) {
                reasons.addAll(refused.faults());
            }
        }
        if (!reasons.isEmpty()) {
            throw new InvalidEventTypesException(reasons);
        }
        present = next;
        runAll(acts);
    }

    /* One that fails keeps no other from the change. */
    private static void runAll(List<Runnable> acts) {
        RuntimeException first = null;
        for (var act : acts) {
            try {
                act.run();
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
