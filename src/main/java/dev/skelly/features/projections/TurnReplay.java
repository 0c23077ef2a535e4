package dev.skelly.features.projections;

import dev.skelly.feature.Command;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Runs, cancels, or ends a replay.
 *
 * @param state the next one: running, cancelled, done or failed
 * @param error why it has failed; null if it has not
 */
record TurnReplay(UUID id, String state, @Nullable String error) implements Command<Void> {}
