package dev.skelly.features.projections;

import dev.skelly.feature.Command;
import java.util.UUID;

/**
 * Applies the next events to the copies of a projection's tables.
 *
 * @param limit maximum number of events
 */
record AdvanceReplay(UUID id, int limit) implements Command<StepDone> {}
