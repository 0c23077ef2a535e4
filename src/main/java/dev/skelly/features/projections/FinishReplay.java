package dev.skelly.features.projections;

import dev.skelly.feature.Command;
import java.util.UUID;

/**
 * Ends a rebuild, or its dry run.
 *
 * @param compare compares the copies of the projection's tables with the tables; otherwise they take their place
 */
record FinishReplay(UUID id, boolean compare) implements Command<Void> {}
