package dev.skelly.command;

import dev.skelly.event.CommandContext;
import org.jspecify.annotations.Nullable;

/** A command or query on its way; a query has no cause. */
sealed interface CommandMessage {

    /** By reference, on this node. */
    record LocalMessage(Object request, @Nullable CommandContext cause) implements CommandMessage {}

    /**
     * As JSON, between nodes.
     *
     * @param type declared name of the command or query, looked up among the bound ones only
     */
    record WireMessage(
            String type, String request, @Nullable CommandContext cause) implements CommandMessage {}
}
