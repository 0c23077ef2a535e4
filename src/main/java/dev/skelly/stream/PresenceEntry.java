package dev.skelly.stream;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person in a channel, as one node knows it from its own connections.
 *
 * @param name null when the person gave none
 * @param state text of a JSON object; null when the person has left
 * @param since when the person came
 * @param changedAt when the state was set; of several nodes' states the latest counts
 */
record PresenceEntry(
        String channel,
        UUID account,
        @Nullable String name,
        @Nullable String state,
        Instant since,
        Instant changedAt) {

    PresenceEntry left(Instant now) {
        return new PresenceEntry(channel, account, name, null, since, now);
    }
}
