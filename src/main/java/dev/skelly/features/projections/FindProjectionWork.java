package dev.skelly.features.projections;

import dev.skelly.feature.Query;
import dev.skelly.feature.Replay;
import java.util.List;

/** Finds how far the projections are, and the replays that go on. */
record FindProjectionWork() implements Query<FindProjectionWork.ProjectionWork> {

    /**
     * What there is to do.
     *
     * @param projections inline and asynchronous ones, by name
     * @param replays that read events, the oldest first
     */
    record ProjectionWork(List<ProjectionTable.Progress> projections, List<Replay> replays) {}
}
