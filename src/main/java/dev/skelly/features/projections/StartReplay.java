package dev.skelly.features.projections;

import dev.skelly.feature.Command;
import dev.skelly.feature.ReplayScope;
import java.util.UUID;

/**
 * Requests a replay.
 *
 * @param id a new one
 * @param run false for a dry run, after which {@link TurnReplay} starts the run; true only for a rebuild
 */
record StartReplay(UUID id, ReplayScope scope, boolean run) implements Command<Void> {}
