package dev.skelly.health;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Checks a dependency of the node, about every second. */
public interface ReadinessCheck {

    /** Time after which a check that has not ended has failed. */
    long DEADLINE_SECONDS = 2;

    /** Returns the check's name: one lower-case word, e.g. {@code database}. */
    String name();

    /** Succeeds when the dependency works. A timeout of two seconds counts as a failure. */
    Future<Void> check();

    /** Tells whether the node is down without it; otherwise the node is degraded. */
    default boolean vital() {
        return true;
    }

    /** Returns what the health says about it to anyone; empty for nothing but whether it works. */
    default Optional<String> detail() {
        return Optional.empty();
    }

    /** Creates the check of a dependency without which nothing works. */
    static ReadinessCheck vital(String name, Supplier<Future<Void>> check) {
        return new NamedCheck(name, true, check);
    }

    /** Creates the check of a dependency that may be unavailable for a while. */
    static ReadinessCheck optional(String name, Supplier<Future<Void>> check) {
        return new NamedCheck(name, false, check);
    }

    /** Runs checks once and returns whether each succeeded, by name. Never fails. */
    static Future<Map<String, Boolean>> all(List<ReadinessCheck> checks) {
        var up = new ConcurrentHashMap<String, Boolean>();
        var runs = checks.stream()
                .map(check -> Future.succeededFuture()
                        .compose(start -> check.check())
                        .timeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
                        .<Void>transform(ended -> {
                            up.put(check.name(), ended.succeeded());
                            return Future.succeededFuture();
                        }))
                .toList();
        return Future.join(runs).map(done -> Map.copyOf(up));
    }

    /** A check composed of its parts. */
    record NamedCheck(String name, boolean vital, Supplier<Future<Void>> ask) implements ReadinessCheck {
        @Override
        public Future<Void> check() {
            return ask.get();
        }
    }
}
