package dev.skelly.features.deadletters;

import dev.skelly.feature.Query;
import dev.skelly.worker.DeadLetter;
import java.util.UUID;

/** Which dead letter is this? Refused as not found when there is none. */
record FindDeadLetter(UUID id) implements Query<DeadLetter> {}
