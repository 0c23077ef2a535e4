package dev.skelly.features.projections;

import dev.skelly.feature.Query;
import dev.skelly.feature.Replay;
import java.util.UUID;

/** Finds a replay; fails with 404 if there is none. */
record FindReplay(UUID id) implements Query<Replay> {}
