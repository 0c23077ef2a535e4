package dev.skelly.command;

import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reply to a command or query. */
sealed interface CommandReply {

    /** Passed by reference, to a caller on this node. */
    record Local(@Nullable Object result, @Nullable String position) implements CommandReply {}

    /** Passed as JSON, to another node. */
    record Wire(@Nullable String result, @Nullable String position) implements CommandReply {}

    /** A rejection. */
    record Refused(
            Problem.Kind kind,
            String code,
            String detail,
            List<FieldError> faults,
            @Nullable Duration retryAfter) implements CommandReply {

        static Refused of(Problem problem) {
            return new Refused(
                    problem.kind(), problem.code(), problem.detail(), problem.faults(), problem.retryAfter());
        }

        Problem problem() {
            return new Problem(kind, code, detail, faults, retryAfter);
        }
    }

    /** A bug; its log line on the node where it happened contains the reference. */
    record Broken(String reference) implements CommandReply {}
}
