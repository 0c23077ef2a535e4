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
        List<DeadLetter> items, @Nullable String nextCursor) {}
