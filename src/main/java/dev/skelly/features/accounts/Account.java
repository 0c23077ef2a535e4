package dev.skelly.features.accounts;

import dev.skelly.event.Audience;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The account of a person.
 *
 * @param email as the person wrote it
 * @param name null without one
 * @param passwordHash PHC string
 * @param verifiedAt when the address was verified; null before
 * @param version starts at 1, increases by 1
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

    /** Copies the roles. */
    public Account {
        roles = Set.copyOf(roles);
    }

    /** Returns the roles of a new account. */
    static Set<String> roles(boolean admin) {
        return admin ? Set.of(USER, Audience.ADMIN) : Set.of(USER);
    }

    boolean verified() {
        return verifiedAt != null;
    }

    /** Tells whether the account has this address, in any spelling. */
    public boolean has(EmailAddress address) {
        return new EmailAddress(email).key().equals(address.key());
    }

    /** Tells whether a password hash that was read before is still the hash of this account, and the account may log in. */
    public boolean admits(SecretText seenHash) {
        return !disabled && passwordHash.equals(seenHash);
    }

    /** Returns the roles after the owner of the address has set the password: a setting may name the address as an administrator's. */
    Set<String> ownersRoles(List<String> adminKeys) {
        var owners = new HashSet<>(roles);
        if (adminKeys.contains(new EmailAddress(email).key())) {
            owners.add(Audience.ADMIN);
        }
        return Set.copyOf(owners);
    }

    /** Returns the account as its person and administrators see it. */
    public UserView view() {
        return new UserView(
                id, email, name, roles.stream().sorted().toList(), verified(), disabled, createdAt, version);
    }

    @Override
    public String toString() {
        return "Account[" + id + "]";
    }
}
