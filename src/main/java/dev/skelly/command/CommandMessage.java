package dev.skelly.command;

import dev.skelly.event.CommandContext;
import org.jspecify.annotations.Nullable;

/** A command or query in transit; a query has no context. */
sealed interface CommandMessage {

    /** Passed by reference, on this node. */
    record LocalMessage(Object request, @Nullable CommandContext cause) implements CommandMessage {}

    /**
     * Passed as JSON, between nodes.
     *
     * @param type declared name of the command or query; only registered names are accepted
     */
    record WireMessage(
            String type, String request, @Nullable CommandContext cause) implements CommandMessage {}
}
