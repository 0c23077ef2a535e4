package dev.skelly.stream;

import java.util.List;
import java.util.UUID;

/**
 * One node's answer to a {@link ConnectionsRequest}.
 *
 * @param connections at most {@link ConnectionDirectory#LISTED_MAX}, the oldest first
 * @param total all that matched on the node
 */
record ConnectionsReply(UUID request, List<StreamConnection> connections, int total) {

    ConnectionsReply {
        connections = List.copyOf(connections);
    }
}
