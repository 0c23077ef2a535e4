package dev.skelly.features.transfer;

import dev.skelly.feature.Query;
import java.util.List;

/**
 * Finds names of event types that the log holds besides the known ones.
 *
 * @param known present and former names of the declared types
 */
record FindUndeclaredTypes(List<String> known) implements Query<FindUndeclaredTypes.UndeclaredNames> {

    static final int LIMIT = 1_000;

    /** In alphabetical order, at most {@link #LIMIT}. */
    record UndeclaredNames(List<String> names) {}
}
