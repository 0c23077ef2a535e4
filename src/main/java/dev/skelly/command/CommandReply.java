package dev.skelly.command;

import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reply to a command or query. */
sealed interface CommandReply {

    /** Passed by reference, to a caller on this node. */
    record LocalReply(@Nullable Object result, @Nullable String position) implements CommandReply {}

    /** Passed as JSON, to another node. */
    record WireReply(@Nullable String result, @Nullable String position) implements CommandReply {}

    /** A rejection. */
    record RefusedReply(
            Problem.Kind kind,
            String code,
            String detail,
            List<FieldError> faults,
            @Nullable Duration retryAfter) implements CommandReply {

        static RefusedReply of(Problem problem) {
            return new RefusedReply(
                    problem.kind(), problem.code(), problem.detail(), problem.faults(), problem.retryAfter());
        }

        Problem problem() {
            return new Problem(kind, code, detail, faults, retryAfter);
        }
    }

    /** A bug; its log line on the node where it happened contains the reference. */
    record BrokenReply(String reference) implements CommandReply {}
}
