package dev.skelly.idempotency;

import dev.skelly.eventlog.Tx;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.Feature;
import dev.skelly.feature.Problem;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What remembering keys needs of the persistence role. */
public final class IdempotencyFeature implements Feature {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofMinutes(10);

    private final IdempotencyConfig config;

    /** Remembers for as long, and as much, as {@code config} says. */
    public IdempotencyFeature(IdempotencyConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "idempotency";
    }

    @Override
    public List<CommandHandler<?, ?>> commands() {
        return List.of(
                CommandHandler.on(
                        "idempotency.claim-key",
                        ClaimIdempotencyKey.class,
                        ClaimIdempotencyKey.Answer.class,
                        this::claim),
                CommandHandler.on("idempotency.store-response", StoreResponse.class, Void.class, this::keep),
                CommandHandler.on(
                        "idempotency.release-key",
                        ReleaseIdempotencyKey.class,
                        Void.class,
                        IdempotencyFeature::release));
    }

    private Future<ClaimIdempotencyKey.Answer> claim(Tx tx, ClaimIdempotencyKey wish) {
        return IdempotencyKeyTable.claim(tx.sql(), wish, config.keep())
                .compose(claimed -> claimed.isPresent() ? begin(tx, wish, claimed.get()) : explain(tx, wish));
    }

    private Future<ClaimIdempotencyKey.Answer> begin(
            Tx tx, ClaimIdempotencyKey wish, IdempotencyKeyTable.Claimed claimed) {
        var answer = new ClaimIdempotencyKey.Answer(claimed.seed(), null);
        if (!claimed.fresh()) {
            return Future.succeededFuture(answer);
        }
        return IdempotencyKeyTable.count(tx.sql(), wish.caller(), config.keysPerCaller() + 1)
                .map(count -> {
                    if (count > config.keysPerCaller()) {
                        throw Problem.tooMany("too many idempotency keys are remembered for this caller", LATER);
                    }
                    return answer;
                });
    }

    private Future<ClaimIdempotencyKey.Answer> explain(Tx tx, ClaimIdempotencyKey wish) {
        return IdempotencyKeyTable.find(tx.sql(), wish.key()).map(found -> explain(wish, found));
    }

    private static ClaimIdempotencyKey.Answer explain(
            ClaimIdempotencyKey wish, Optional<IdempotencyKeyTable.Found> found) {
        if (found.isEmpty()) {
            throw underway(SOON); // Its run was just refused; the next repeat will have the key.
        }
        var row = found.get();
        if (!row.request().equals(wish.request())) {
            throw Problem.of(
                    Problem.Kind.INVALID,
                    "idempotency-key-reused",
                    "this Idempotency-Key was used for another request; use a new one for each");
        }
        var answer = row.answer();
        if (answer == null) {
            throw underway(Duration.ofMillis(Math.max(SOON.toMillis(), row.leaseMillis())));
        }
        return new ClaimIdempotencyKey.Answer(row.seed(), Base64.getEncoder().encodeToString(answer.getBytes()));
    }

    /** A run that does not have the key, because another has it. */
    static Problem underway(Duration retryAfter) {
        return new Problem(
                Problem.Kind.CONFLICT,
                "idempotency-key-in-use",
                "the request with this Idempotency-Key is still under way",
                List.of(),
                retryAfter);
    }

    private static Future<Void> release(Tx tx, ReleaseIdempotencyKey wish) {
        var forgotten = wish.forget()
                ? IdempotencyKeyTable.forget(tx.sql(), wish.key(), wish.claim())
                : Future.<Void>succeededFuture();
        return forgotten.compose(gone -> IdempotencyKeyTable.handOver(tx.sql(), wish.key(), wish.claim()));
    }

    private Future<Void> keep(Tx tx, StoreResponse wish) {
        var sealed = Base64.getDecoder().decode(wish.sealed());
        return sealed.length > config.answerBytesMax()
                ? IdempotencyKeyTable.handOver(tx.sql(), wish.key(), wish.claim())
                : IdempotencyKeyTable.keep(tx.sql(), wish, sealed);
    }
}
