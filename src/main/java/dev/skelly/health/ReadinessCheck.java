package dev.skelly.health;

import io.vertx.core.Future;
import java.util.function.Supplier;

/** Something that a node needs, asked about every second. */
public interface ReadinessCheck {

    /** One lower-case word, e.g. {@code database}. */
    String name();

    /** Succeeds when it is well. No answer within two seconds counts as a failure. */
    Future<Void> check();

    /** Whether the node is of no use without it; what is not vital only makes it degraded. */
    default boolean vital() {
        return true;
    }

    /** Something without which nothing works. */
    static ReadinessCheck vital(String name, Supplier<Future<Void>> check) {
        return new NamedCheck(name, true, check);
    }

    /** Something that may be away for a while. */
    static ReadinessCheck optional(String name, Supplier<Future<Void>> check) {
        return new NamedCheck(name, false, check);
    }

    /** A check put together from its answers. */
    record NamedCheck(String name, boolean vital, Supplier<Future<Void>> ask) implements ReadinessCheck {
        @Override
        public Future<Void> check() {
            return ask.get();
        }
    }
}
