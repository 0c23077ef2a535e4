package dev.skelly.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.IdempotencyScope;
import dev.skelly.eventlog.Tx;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs a command under a key, inside the command's own transaction; see the package's invariant. */
public final class IdempotentExecution {

    private static final Duration SOON = Duration.ofSeconds(1);

    /**
     * The result of a command, from this run or an earlier one.
     *
     * @param value null exactly when the command's result is {@link Void}
     * @param lastWrite the {@code seq} of the last event it appended
     */
    public record ExecutionResult<R>(@Nullable R value, OptionalLong lastWrite) {}

    private final JsonMapper json;

    /** Writes results with {@code json}. */
    public IdempotentExecution(JsonMapper json) {
        this.json = json;
    }

    /**
     * Runs {@code work}, or returns the result of an earlier run.
     *
     * @param command its name is stored with the effect and compared when the request is repeated
     * @param result the class of the command's result
     * @return fails with 409 when another run took the key over; with a bug when a request sends two commands under its key
     */
    public <R> Future<ExecutionResult<R>> run(
            Tx tx, IdempotencyScope once, CommandName command, Class<R> result, Supplier<Future<R>> work) {
        return IdempotencyKeyTable.lock(tx.sql(), once.key(), once.claim()).compose(row -> {
            var effect = row.orElseThrow(() -> IdempotencyFeature.underway(SOON));
            return effect.command() == null
                    ? first(tx, once, command, work)
                    : Future.succeededFuture(again(once, command, result, effect));
        });
    }

    private <R> Future<ExecutionResult<R>> first(
            Tx tx, IdempotencyScope once, CommandName command, Supplier<Future<R>> work) {
        return work.get().compose(value -> {
            var write = tx.lastWrite();
            var effect = new IdempotencyKeyTable.Effect(
                    command.value(), sealed(once, value), write.isPresent() ? write.getAsLong() : null);
            return IdempotencyKeyTable.note(tx.sql(), once.key(), effect).map(new ExecutionResult<>(value, write));
        });
    }

    private @Nullable Buffer sealed(IdempotencyScope once, @Nullable Object value) {
        try {
            return value == null
                    ? null
                    : Buffer.buffer(new ResponseEncryption(once.seal()).close(json.writeValueAsBytes(value)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the result of a command cannot be written", e);
        }
    }

    private <R> ExecutionResult<R> again(
            IdempotencyScope once, CommandName command, Class<R> result, IdempotencyKeyTable.Effect effect) {
        var stored = effect.command();
        if (stored == null || !command.matches(stored)) {
            throw new IllegalStateException(
                    "request under a key sends " + command + " (expected: one command, and that was " + stored + ")");
        }
        var write = effect.lastWrite();
        return new ExecutionResult<>(
                value(once, result, effect.result()), write == null ? OptionalLong.empty() : OptionalLong.of(write));
    }

    private <R> @Nullable R value(IdempotencyScope once, Class<R> result, @Nullable Buffer sealed) {
        try {
            return sealed == null
                    ? null
                    : json.readValue(new ResponseEncryption(once.seal()).open(sealed.getBytes()), result);
        } catch (IOException e) {
            throw new IllegalStateException("a stored result cannot be read", e);
        }
    }
}
