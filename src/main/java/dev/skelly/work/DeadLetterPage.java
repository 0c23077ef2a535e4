package dev.skelly.work;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some dead letters, newest first.
 *
 * @param nextCursor where the next page begins; null on the last
 */
record DeadLetterPage(List<DeadLetter> items, @Nullable String nextCursor) {}
