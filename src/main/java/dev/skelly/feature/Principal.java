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
 * @param rightsVersion which of the account's rights the token was signed with; a lower one than the present is void
 * @param expires when the token ends
 */
public record Principal(UUID account, UUID session, Set<String> roles, int rightsVersion, Instant expires) {

    /** Keeps its own copy of the roles. */
    public Principal {
        roles = Set.copyOf(roles);
    }

    /** The same person with other roles. */
    public Principal with(Set<String> others) {
        return new Principal(account, session, others, rightsVersion, expires);
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
