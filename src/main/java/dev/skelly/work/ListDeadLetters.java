package dev.skelly.work;

import dev.skelly.feature.Fault;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Query;
import dev.skelly.feature.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are there?
 *
 * @param worker only this one's; null for all
 * @param state only those in this state; null for all
 * @param limit at most so many
 * @param before only those made before this one; null for the newest
 */
record ListDeadLetters(
        @Nullable String worker,
        @Nullable String state,
        int limit,
        @Nullable UUID before) implements Query<DeadLetterPage> {

    static final int LIMIT_DEFAULT = 50;
    static final int LIMIT_MAX = 200;
    private static final int LIMIT_DIGITS_MAX = 4;
    private static final Set<String> STATES = Set.of(DeadLetter.OPEN, DeadLetter.RETRIED, DeadLetter.DISCARDED);

    /**
     * Reads what a caller wrote.
     *
     * @throws Problem naming every fault
     */
    static ListDeadLetters of(Request request) {
        var faults = new ArrayList<Fault>();
        var state = request.query("state").orElse(null);
        if (state != null && !STATES.contains(state)) {
            faults.add(new Fault("state", "enum", "must be open, retried or discarded"));
        }
        var limit = request.query("limit").map(text -> limit(text, faults)).orElse(LIMIT_DEFAULT);
        var before = request.query("cursor").map(text -> cursor(text, faults)).orElse(null);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        return new ListDeadLetters(request.query("worker").orElse(null), state, limit, before);
    }

    private static int limit(String text, List<Fault> faults) {
        var number =
                text.length() <= LIMIT_DIGITS_MAX && text.chars().allMatch(c -> c >= '0' && c <= '9') && !text.isEmpty()
                        ? Integer.parseInt(text)
                        : 0;
        if (number < 1 || number > LIMIT_MAX) {
            faults.add(new Fault("limit", "range", "must be a number from 1 to " + LIMIT_MAX));
        }
        return number;
    }

    private static @Nullable UUID cursor(String text, List<Fault> faults) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            faults.add(new Fault("cursor", "format", "must be the nextCursor of an earlier answer"));
            return null;
        }
    }
}
