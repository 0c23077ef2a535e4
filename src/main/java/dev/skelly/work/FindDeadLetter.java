package dev.skelly.work;

import dev.skelly.feature.Query;
import java.util.UUID;

/** Which dead letter is this? Refused as not found when there is none. */
record FindDeadLetter(UUID id) implements Query<DeadLetter> {}
