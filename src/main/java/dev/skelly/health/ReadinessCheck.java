package dev.skelly.health;

import io.vertx.core.Future;
import java.util.function.Supplier;

/** Checks a dependency of the node, about every second. */
public interface ReadinessCheck {

    /** Returns the check's name: one lower-case word, e.g. {@code database}. */
    String name();

    /** Succeeds when the dependency works. A timeout of two seconds counts as a failure. */
    Future<Void> check();

    /** Tells whether the node is down without it; otherwise the node is degraded. */
    default boolean vital() {
        return true;
    }

    /** Creates the check of a dependency without which nothing works. */
    static ReadinessCheck vital(String name, Supplier<Future<Void>> check) {
        return new NamedCheck(name, true, check);
    }

    /** Creates the check of a dependency that may be unavailable for a while. */
    static ReadinessCheck optional(String name, Supplier<Future<Void>> check) {
        return new NamedCheck(name, false, check);
    }

    /** A check composed of its parts. */
    record NamedCheck(String name, boolean vital, Supplier<Future<Void>> ask) implements ReadinessCheck {
        @Override
        public Future<Void> check() {
            return ask.get();
        }
    }
}
