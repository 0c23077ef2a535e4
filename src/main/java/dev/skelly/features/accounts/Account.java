package dev.skelly.features.accounts;

import dev.skelly.event.Audience;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person who can sign in.
 *
 * @param email as the person wrote it
 * @param name null where none was given
 * @param passwordHash PHC string
 * @param verifiedAt when the person proved the address; null as long as not
 * @param version dense from 1
 */
public record Account(
        UUID id,
        String email,
        @Nullable String name,
        SecretText passwordHash,
        Set<String> roles,
        boolean disabled,
        @Nullable Instant verifiedAt,
        Instant createdAt,
        long version) {

    public static final String USER = "user";

    /** Keeps its own copy of the roles. */
    public Account {
        roles = Set.copyOf(roles);
    }

    /** Roles of a new account. */
    static Set<String> roles(boolean admin) {
        return admin ? Set.of(USER, Audience.ADMIN) : Set.of(USER);
    }

    boolean verified() {
        return verifiedAt != null;
    }

    /** Whether this is its address, in whatever spelling. */
    public boolean has(EmailAddress address) {
        return new EmailAddress(email).key().equals(address.key());
    }

    /** Whether a password's hash, seen a moment ago, still opens this account. */
    public boolean admits(SecretText seenHash) {
        return !disabled && passwordHash.equals(seenHash);
    }

    /** Its roles once the owner of the address has set the password: the operator may have named the address an administrator's. */
    Set<String> ownersRoles(List<String> adminKeys) {
        var owners = new HashSet<>(roles);
        if (adminKeys.contains(new EmailAddress(email).key())) {
            owners.add(Audience.ADMIN);
        }
        return Set.copyOf(owners);
    }

    /** What the person and administrators see of it. */
    public UserView view() {
        return new UserView(
                id, email, name, roles.stream().sorted().toList(), verified(), disabled, createdAt, version);
    }

    @Override
    public String toString() {
        return "Account[" + id + "]";
    }
}
