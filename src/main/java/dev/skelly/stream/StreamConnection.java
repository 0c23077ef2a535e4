package dev.skelly.stream;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An open connection as administrators see it.
 *
 * @param account of the reader; a random one for an anonymous reader
 * @param transport {@code sse}, {@code websocket} or {@code poll}
 * @param channels that it reads
 * @param behind positions between what it received and the newest event; 0 when it is live
 * @param bytes of events written so far, before compression and framing
 * @param node that holds it
 */
record StreamConnection(
        String id,
        UUID account,
        Instant since,
        String transport,
        List<String> channels,
        long behind,
        long bytes,
        String node) {

    StreamConnection {
        channels = List.copyOf(channels);
    }
}
