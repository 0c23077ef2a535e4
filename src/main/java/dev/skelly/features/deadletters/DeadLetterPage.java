package dev.skelly.features.deadletters;

import dev.skelly.worker.DeadLetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some dead letters, newest first.
 *
 * @param nextCursor where the next page begins; null on the last
 */
public record DeadLetterPage(
        List<DeadLetter> items, @Nullable String nextCursor) {}
