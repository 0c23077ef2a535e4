package dev.skelly.persistence;

import dev.skelly.event.Cause;
import org.jspecify.annotations.Nullable;

/** A command or query on its way; a query has no cause. */
sealed interface Request {

    /** By reference, on this node. */
    record Local(Object request, @Nullable Cause cause) implements Request {}

    /**
     * As JSON, between nodes.
     *
     * @param type declared name of the command or query, looked up among the bound ones only
     */
    record Wire(String type, String request, @Nullable Cause cause) implements Request {}
}
