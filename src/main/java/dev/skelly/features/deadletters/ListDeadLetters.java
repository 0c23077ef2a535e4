package dev.skelly.features.deadletters;

import dev.skelly.feature.Problem;
import dev.skelly.feature.Query;
import dev.skelly.feature.QueryParameters;
import dev.skelly.feature.Request;
import dev.skelly.worker.DeadLetter;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lists dead letters, newest first.
 *
 * @param worker only those of this worker; null for all
 * @param state only those in this state; null for all
 * @param limit the maximum number
 * @param before only those created before this one; null starts at the newest
 */
public record ListDeadLetters(
        @Nullable String worker,
        @Nullable String state,
        int limit,
        @Nullable UUID before) implements Query<DeadLetterPage> {

    private static final Set<String> STATES = Set.of(DeadLetter.OPEN, DeadLetter.RETRIED, DeadLetter.DISCARDED);

    /**
     * Parses the parameters of a request.
     *
     * @throws Problem with all errors
     */
    static ListDeadLetters of(Request request) {
        var reader = new QueryParameters(request);
        var asked = new ListDeadLetters(
                reader.value("worker", "a worker's name", text -> text),
                reader.value("state", "open, retried or discarded", text -> STATES.contains(text) ? text : null),
                reader.limit(),
                reader.id("cursor", "the nextCursor of an earlier response"));
        reader.check();
        return asked;
    }
}
