package dev.skelly.features.projections;

import dev.skelly.feature.Command;

/**
 * Applies the next events to an asynchronous projection.
 *
 * @param limit maximum number of events
 */
record AdvanceProjection(String name, int limit) implements Command<StepDone> {}
