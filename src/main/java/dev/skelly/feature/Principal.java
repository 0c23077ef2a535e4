package dev.skelly.feature;

import dev.skelly.event.Audience;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/**
 * An authenticated account, as the access token states.
 *
 * @param account its id
 * @param session the session it belongs to
 * @param roles its roles; always {@code user}, {@code admin} for administrators
 * @param rightsVersion version of the account's rights when the token was signed; a token with an outdated version is invalid
 * @param expires when the token expires
 */
public record Principal(UUID account, UUID session, Set<String> roles, int rightsVersion, Instant expires) {

    /** Copies the roles. */
    public Principal {
        roles = Set.copyOf(roles);
    }

    /** Returns this principal with other roles. */
    public Principal with(Set<String> others) {
        return new Principal(account, session, others, rightsVersion, expires);
    }

    /** Returns whether this is an administrator. */
    public boolean admin() {
        return roles.contains(Audience.ADMIN);
    }

    /** Returns the channels this principal may read. */
    public Set<String> channels() {
        var channels = new LinkedHashSet<String>();
        channels.add(Audience.PUBLIC);
        channels.add(Audience.user(account));
        roles.forEach(role -> channels.add(Audience.role(role)));
        return channels;
    }
}
