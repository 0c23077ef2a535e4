package dev.skelly.features.projections;

import dev.skelly.feature.Query;
import dev.skelly.feature.Replay;
import java.util.List;

/** Lists the newest replays. */
record ListReplays(int limit) implements Query<ListReplays.Replays> {

    /** The replays, the newest first. */
    record Replays(List<Replay> replays) {}
}
