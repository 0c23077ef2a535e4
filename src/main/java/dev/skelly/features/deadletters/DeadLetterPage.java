package dev.skelly.features.deadletters;

import dev.skelly.worker.DeadLetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of dead letters, newest first.
 *
 * @param nextCursor for the next page; null on the last one
 */
public record DeadLetterPage(
        List<DeadLetter> items, @Nullable String nextCursor) {

    /** The page of at most {@code limit} of what was found with a limit one higher. */
    static DeadLetterPage of(List<DeadLetter> found, int limit) {
        return found.size() <= limit
                ? new DeadLetterPage(found, null)
                : new DeadLetterPage(
                        found.subList(0, limit), found.get(limit - 1).id().toString());
    }
}
