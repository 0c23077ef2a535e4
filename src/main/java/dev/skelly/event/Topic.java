package dev.skelly.event;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A family of channels that readers request by name, and the roles that may read them.
 *
 * @param pattern e.g. {@code topic:cart/{cart}}; a placeholder named {@code user} is the reader's own account only
 * @param readers roles that may read it
 * @param signalers roles that may send signals to it; null for all who may read it
 * @param attendees roles that may be present in it and see who is; null for all who may read it
 */
public record Topic(
        ChannelTemplate pattern,
        Set<String> readers,
        @Nullable Set<String> signalers,
        @Nullable Set<String> attendees) {

    /** The placeholder for the reader's own account. */
    public static final String OWN = "user";

    /** Copies the roles. */
    public Topic {
        if (!named(pattern.toString())) {
            throw new IllegalArgumentException("topic: " + pattern + " (expected: topic:…)");
        }
        readers = Set.copyOf(readers);
        signalers = signalers == null ? null : Set.copyOf(signalers);
        attendees = attendees == null ? null : Set.copyOf(attendees);
    }

    /** Creates a topic whose readers may do everything. */
    public Topic(ChannelTemplate pattern, Set<String> readers) {
        this(pattern, readers, null, null);
    }

    /**
     * Returns whether a reader may read a channel under this rule.
     *
     * @param roles of the reader
     */
    public boolean admits(String channel, String account, Set<String> roles) {
        return roles.stream().anyMatch(readers::contains) && isAbout(channel, account);
    }

    /** Returns whether a channel belongs to this family, and to the account if the family is one of own channels. */
    public boolean isAbout(String channel, String account) {
        return pattern.read(channel)
                .filter(values -> values.getOrDefault(OWN, account).equals(account))
                .isPresent();
    }

    /** Returns whether a channel is a topic. */
    public static boolean named(String channel) {
        return channel.startsWith("topic:");
    }
}
