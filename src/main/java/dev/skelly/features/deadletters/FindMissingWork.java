package dev.skelly.features.deadletters;

import dev.skelly.feature.Query;
import dev.skelly.worker.HandoverTable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first events in {@code (after, upTo]} that a worker has not taken.
 *
 * @param types only these stored types; null for all
 */
record FindMissingWork(String worker, @Nullable Set<String> types, long after, long upTo)
        implements Query<HandoverTable.MissingPage> {

    /** The maximum number of events in a result. */
    static final int LIMIT = 5_000;
}
