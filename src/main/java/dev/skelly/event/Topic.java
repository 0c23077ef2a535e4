package dev.skelly.event;

import java.util.Set;

/**
 * A family of channels that readers ask for by name, and who may.
 *
 * @param pattern e.g. {@code topic:feature/{feature}}; a slot named {@code user} is the reader's own account and nobody else's
 * @param readers roles that may read it
 */
public record Topic(ChannelTemplate pattern, Set<String> readers) {

    /** The slot that stands for the reader's own account. */
    public static final String OWN = "user";

    /** Keeps its own copy of the roles. */
    public Topic {
        if (!pattern.toString().startsWith("topic:")) {
            throw new IllegalArgumentException("topic: " + pattern + " (expected: topic:…)");
        }
        readers = Set.copyOf(readers);
    }

    /**
     * Whether this rule lets somebody read a channel.
     *
     * @param roles of the reader
     */
    public boolean admits(String channel, String account, Set<String> roles) {
        return roles.stream().anyMatch(readers::contains)
                && pattern.read(channel)
                        .filter(values -> values.getOrDefault(OWN, account).equals(account))
                        .isPresent();
    }
}
