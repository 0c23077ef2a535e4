package dev.skelly.stream;

import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link SubscriptionChange}: a cursor, or the parts of a problem.
 *
 * @param cursor after which the new part is sent
 */
record SubscriptionReply(
        @Nullable String cursor,
        Problem.@Nullable Kind kind,
        @Nullable String code,
        @Nullable String detail,
        List<FieldError> faults) {

    private static final Duration SOON = Duration.ofSeconds(1);

    SubscriptionReply {
        faults = List.copyOf(faults);
    }

    static SubscriptionReply live(String cursor) {
        return new SubscriptionReply(cursor, null, null, null, List.of());
    }

    static SubscriptionReply refused(Problem problem) {
        return new SubscriptionReply(null, problem.kind(), problem.code(), problem.detail(), problem.faults());
    }

    /**
     * Returns the cursor.
     *
     * @throws Problem when the change was refused
     */
    String get() {
        if (cursor != null) {
            return cursor;
        }
        if (kind == null || code == null || detail == null) {
            throw new IllegalStateException("a reply has a cursor or a problem");
        }
        throw new Problem(
                kind,
                code,
                detail,
                faults,
                kind == Problem.Kind.UNAVAILABLE || kind == Problem.Kind.TOO_MANY ? SOON : null);
    }
}
