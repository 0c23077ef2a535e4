package dev.skelly.stream;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import java.time.Instant;
import java.util.UUID;

/**
 * Who came online and who went offline. Ephemeral: sent live to streams whose {@code types} name them, never stored. Administrators get those of
 * the whole system, the readers of a topic those of the topic (decision note 0375).
 */
@Channels("role:admin")
public sealed interface PresenceEvent extends Event {

    /** Whom it is about. */
    UUID userId();

    @Override
    default String subject() {
        return "user:" + userId();
    }

    @Override
    default Audience audience() {
        return Audience.of(Audience.role(Audience.ADMIN));
    }

    /**
     * A person opened the first stream, or became present in a topic.
     *
     * @param channel {@code role:admin} for the whole system, or the topic
     */
    @EventName("presence.online")
    @Description("A person came online, or became present in a topic. Sent live only.")
    record CameOnline(UUID userId, String channel, Instant since) implements PresenceEvent {}

    /**
     * The grace time after a person's last stream, or last presence in a topic, is over.
     *
     * @param channel {@code role:admin} for the whole system, or the topic
     */
    @EventName("presence.offline")
    @Description("A person went offline, or left a topic. Sent live only.")
    record WentOffline(UUID userId, String channel, Instant lastSeen) implements PresenceEvent {}
}
