package dev.skelly.features.deadletters;

import dev.skelly.feature.Query;
import dev.skelly.worker.HandoverTable;
import java.util.List;

/** Lists how far events were handed to each worker. */
record ListHandovers() implements Query<ListHandovers.Handovers> {

    /**
     * The result.
     *
     * @param head the newest position of the log
     */
    record Handovers(List<HandoverTable.HandoverReach> workers, long head) {}
}
