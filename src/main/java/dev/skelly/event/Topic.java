package dev.skelly.event;

import java.util.Set;

/**
 * A family of channels that readers request by name, and the roles that may read them.
 *
 * @param pattern e.g. {@code topic:cart/{cart}}; a placeholder named {@code user} is the reader's own account only
 * @param readers roles that may read it
 */
public record Topic(ChannelTemplate pattern, Set<String> readers) {

    /** The placeholder for the reader's own account. */
    public static final String OWN = "user";

    /** Copies the roles. */
    public Topic {
        if (!pattern.toString().startsWith("topic:")) {
            throw new IllegalArgumentException("topic: " + pattern + " (expected: topic:…)");
        }
        readers = Set.copyOf(readers);
    }

    /**
     * Returns whether a reader may read a channel under this rule.
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
