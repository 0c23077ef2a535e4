package dev.skelly.features.transfer;

import java.util.List;

/**
 * Which events are wanted.
 *
 * @param after a cursor, {@code earliest} or {@code latest}
 * @param types names, or families such as {@code user.*}; none for all
 * @param limit at most so many
 * @param open whether sealed fields are opened
 * @param follow whether to go on with what happens later, until the limit is reached
 */
public record ExportQuery(String after, List<String> types, long limit, boolean open, boolean follow) {

    /** Keeps its own copy of the types. */
    public ExportQuery {
        types = List.copyOf(types);
    }
}
