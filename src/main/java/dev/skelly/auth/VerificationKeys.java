package dev.skelly.auth;

import dev.skelly.feature.CommandBus;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.auth.jwt.JWTAuth;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Caches the public keys and their verifiers. Reloads them when needed, but at most every few seconds. Safe on any context.
 */
final class VerificationKeys {

    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    private final CommandBus commands;
    private final Clock clock;
    private volatile JsonWebKeySet keySet = new JsonWebKeySet(List.of());

    /* By key id. Each thread has its own, because a key of the library serves one thread at a time. */
    private volatile ThreadLocal<Map<String, JWTAuth>> verifiers = ThreadLocal.withInitial(Map::of);

    private @Nullable Future<Void> asking; // Guarded by this.
    private Instant asked = Instant.EPOCH; // Guarded by this.

    VerificationKeys(CommandBus commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    JsonWebKeySet keySet() {
        return keySet;
    }

    /** Returns this thread's verifier of a key; null for an unknown key. */
    @Nullable
    JWTAuth get(String kid) {
        return verifiers.get().get(kid);
    }

    /** Completes, on the caller's context, when the keys are at most five seconds old. */
    Future<Void> fresh() {
        var here = Vertx.currentContext();
        var answer = ask();
        return here == null || answer.isComplete() ? answer : on(here, answer);
    }

    private synchronized Future<Void> ask() {
        var now = clock.instant();
        if (asking == null
                || (asking.isComplete() && Duration.between(asked, now).abs().compareTo(ASK_AGAIN) >= 0)) {
            asked = now;
            asking = commands.query(new FindPublicKeys()).map(this::take);
        }
        return asking;
    }

    /** Reloads the keys in any case. */
    Future<Void> load() {
        return commands.query(new FindPublicKeys()).map(this::take);
    }

    private synchronized Void take(JsonWebKeySet answer) {
        if (answer.keys().isEmpty()) {
            throw new IllegalStateException(
                    "no public key to verify tokens with; the start of a persistence node creates one");
        }
        if (!answer.equals(keySet)) {
            var unused = verifiers(answer); // Fails here, and not at a token, when a key is invalid.
            verifiers = ThreadLocal.withInitial(() -> verifiers(answer));
            keySet = answer;
        }
        return null;
    }

    private static Map<String, JWTAuth> verifiers(JsonWebKeySet keySet) {
        return keySet.keys().stream().collect(Collectors.toUnmodifiableMap(JsonWebKey::kid, Es256::verifier));
    }

    /* A future's listeners run where it completes; this returns to the caller's context. */
    private static Future<Void> on(Context here, Future<Void> there) {
        Promise<Void> promise = Promise.promise();
        there.onComplete(ended -> here.runOnContext(turn -> promise.handle(ended)));
        return promise.future();
    }
}
