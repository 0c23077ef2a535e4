package dev.skelly.idempotency;

import dev.skelly.eventlog.Tx;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Problem;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Registers the commands of idempotency keys with the persistence role. */
public final class IdempotencyFeature implements Feature {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofMinutes(10);

    private final IdempotencyConfig config;

    /** Stores keys within the limits of {@code config}. */
    public IdempotencyFeature(IdempotencyConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "idempotency";
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        registry.command(
                "idempotency.claim-key", ClaimIdempotencyKey.class, ClaimIdempotencyKey.KeyClaim.class, this::claim);
        registry.command("idempotency.store-response", StoreResponse.class, this::keep);
        registry.command("idempotency.release-key", ReleaseIdempotencyKey.class, IdempotencyFeature::release);
    }

    private Future<ClaimIdempotencyKey.KeyClaim> claim(Tx tx, ClaimIdempotencyKey command) {
        return IdempotencyKeyTable.claim(tx.sql(), command, config.keep())
                .compose(claimed -> claimed.isPresent() ? begin(tx, command, claimed.get()) : explain(tx, command));
    }

    private Future<ClaimIdempotencyKey.KeyClaim> begin(
            Tx tx, ClaimIdempotencyKey command, IdempotencyKeyTable.ClaimedKey claimed) {
        var answer = new ClaimIdempotencyKey.KeyClaim(claimed.seed(), null);
        if (!claimed.fresh()) {
            return Future.succeededFuture(answer);
        }
        return IdempotencyKeyTable.count(tx.sql(), command.caller(), config.keysPerCaller() + 1)
                .map(count -> {
                    if (count > config.keysPerCaller()) {
                        throw Problem.tooMany("too many idempotency keys are stored for this caller", LATER);
                    }
                    return answer;
                });
    }

    private Future<ClaimIdempotencyKey.KeyClaim> explain(Tx tx, ClaimIdempotencyKey command) {
        return IdempotencyKeyTable.find(tx.sql(), command.key()).map(found -> explain(command, found));
    }

    private static ClaimIdempotencyKey.KeyClaim explain(
            ClaimIdempotencyKey command, Optional<IdempotencyKeyTable.FoundKey> found) {
        if (found.isEmpty()) {
            throw underway(SOON); // Its run was just rejected; the next repetition gets the key.
        }
        var row = found.get();
        if (!command.repeats(row.request())) {
            throw Problem.of(
                    Problem.Kind.INVALID,
                    "idempotency-key-reused",
                    "this Idempotency-Key was used for another request; use a new one for each");
        }
        var answer = row.answer();
        if (answer == null) {
            throw underway(Duration.ofMillis(Math.max(SOON.toMillis(), row.leaseMillis())));
        }
        return new ClaimIdempotencyKey.KeyClaim(row.seed(), Base64.getEncoder().encodeToString(answer.getBytes()));
    }

    /** Returns the problem of a run whose key another run holds. */
    static Problem underway(Duration retryAfter) {
        return new Problem(
                Problem.Kind.CONFLICT,
                "idempotency-key-in-use",
                "the request with this Idempotency-Key is still under way",
                List.of(),
                retryAfter);
    }

    private static Future<Void> release(Tx tx, ReleaseIdempotencyKey command) {
        var forgotten = command.forget()
                ? IdempotencyKeyTable.forget(tx.sql(), command.key(), command.claim())
                : Future.<Void>succeededFuture();
        return forgotten.compose(gone -> IdempotencyKeyTable.handOver(tx.sql(), command.key(), command.claim()));
    }

    private Future<Void> keep(Tx tx, StoreResponse command) {
        var sealed = Base64.getDecoder().decode(command.sealed());
        return sealed.length > config.answerBytesMax()
                ? IdempotencyKeyTable.handOver(tx.sql(), command.key(), command.claim())
                : IdempotencyKeyTable.keep(tx.sql(), command, sealed);
    }
}
