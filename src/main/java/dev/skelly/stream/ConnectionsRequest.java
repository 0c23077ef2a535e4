package dev.skelly.stream;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks every node for its open connections, or to end them.
 *
 * @param id of this request
 * @param replyTo the asking node's key
 * @param account only connections of this account; null for all
 * @param connection only this connection; null for all
 * @param end whether the connections are ended
 */
record ConnectionsRequest(
        UUID id,
        String replyTo,
        @Nullable UUID account,
        @Nullable String connection,
        boolean end) {}
