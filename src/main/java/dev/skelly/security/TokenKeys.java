package dev.skelly.security;

import dev.skelly.feature.Commands;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The public keys by their names, asked for when they are needed but never more often than every few seconds. Safe on any context. */
final class TokenKeys {

    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    private final Commands commands;
    private final Clock clock;
    private volatile KeySet keySet = new KeySet(List.of());
    private volatile Map<String, PublicKey> byName = Map.of();
    private @Nullable Future<Void> asking; // Guarded by this.
    private Instant asked = Instant.MIN; // Guarded by this.

    TokenKeys(Commands commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    KeySet keySet() {
        return keySet;
    }

    @Nullable
    PublicKey get(String kid) {
        return byName.get(kid);
    }

    /** Completes, on the caller's context, when the keys are as the database had them at most five seconds ago. */
    Future<Void> fresh() {
        var here = Vertx.currentContext();
        var answer = ask();
        return here == null || answer.isComplete() ? answer : on(here, answer);
    }

    private synchronized Future<Void> ask() {
        var now = clock.instant();
        if (asking == null || (asking.isComplete() && !now.isBefore(asked.plus(ASK_AGAIN)))) {
            asked = now;
            asking = commands.ask(new PublicKeys()).map(this::take);
        }
        return asking;
    }

    /** Asks whatever was asked before. */
    Future<Void> load() {
        return commands.ask(new PublicKeys()).map(this::take);
    }

    private Void take(KeySet answer) {
        if (answer.keys().isEmpty()) {
            throw new IllegalStateException(
                    "no public key to verify tokens by; the start of a persistence node makes one");
        }
        var keys = new HashMap<String, PublicKey>();
        answer.keys().forEach(key -> keys.put(key.kid(), Es256.publicKey(key)));
        keySet = answer;
        byName = Map.copyOf(keys);
        return null;
    }

    /* A future's listeners run where it completes: another event loop's question must not carry us there. */
    private static Future<Void> on(Context here, Future<Void> there) {
        Promise<Void> promise = Promise.promise();
        there.onComplete(ended -> here.runOnContext(turn -> promise.handle(ended)));
        return promise.future();
    }
}
