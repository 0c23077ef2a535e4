package dev.skelly.feature;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells features who an account is, for mails and notices. Callable from any context. */
@FunctionalInterface
public interface UserDirectory {

    /** Finds an account; empty for an unknown or erased one. A failed future means that it is temporarily unreachable. */
    Future<Optional<Contact>> find(UUID account);

    /**
     * An account.
     *
     * @param email its address
     * @param name null when the person gave none
     * @param verified whether the person has proved that the address is theirs
     * @param disabled whether an administrator has disabled the account
     */
    record Contact(UUID id, String email, @Nullable String name, boolean verified, boolean disabled) {

        /** Omits the address and the name. */
        @Override
        public String toString() {
            return "Contact[" + id + "]";
        }
    }

    /** Finds an account; its handler belongs to the feature of accounts. */
    record FindContact(UUID account) implements Query<FoundContact> {}

    /**
     * The result of {@link FindContact}.
     *
     * @param user null for an unknown or erased one
     */
    record FoundContact(@Nullable Contact user) {}

    /** Finds the names of accounts; its handler belongs to the feature of accounts. */
    record FindProfiles(List<UUID> accounts) implements Query<FoundProfiles> {

        /** Copies the ids. */
        public FindProfiles {
            accounts = List.copyOf(accounts);
        }
    }

    /**
     * The result of {@link FindProfiles}.
     *
     * @param profiles in any order, without unknown and erased accounts
     */
    record FoundProfiles(List<Profile> profiles) {}

    /**
     * What others may know of a person.
     *
     * @param name null when the person gave none
     */
    record Profile(UUID id, @Nullable String name) {}

    /** Returns the directory that sends {@link FindContact}. */
    static UserDirectory through(CommandBus commands) {
        return account -> commands.query(new FindContact(account)).map(found -> Optional.ofNullable(found.user()));
    }
}
