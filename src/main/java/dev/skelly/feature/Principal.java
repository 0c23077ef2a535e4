package dev.skelly.feature;

import dev.skelly.event.Audience;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/**
 * A signed-in person, as the access token says.
 *
 * @param account who
 * @param session the sign-in it belongs to
 * @param roles what they are; {@code user} always, {@code admin} for administrators
 * @param expires when the token ends
 */
public record Principal(UUID account, UUID session, Set<String> roles, Instant expires) {

    /** Keeps its own copy of the roles. */
    public Principal {
        roles = Set.copyOf(roles);
    }

    /** Whether this is an administrator. */
    public boolean admin() {
        return roles.contains(Audience.ADMIN);
    }

    /** The channels this person may read. */
    public Set<String> channels() {
        var channels = new LinkedHashSet<String>();
        channels.add(Audience.PUBLIC);
        channels.add(Audience.user(account));
        roles.forEach(role -> channels.add(Audience.role(role)));
        return channels;
    }
}
