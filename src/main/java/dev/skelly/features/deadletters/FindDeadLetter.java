package dev.skelly.features.deadletters;

import dev.skelly.feature.Query;
import dev.skelly.worker.DeadLetter;
import java.util.UUID;

/** Finds a dead letter by its id. Fails with 404 when there is none. */
record FindDeadLetter(UUID id) implements Query<DeadLetter> {}
