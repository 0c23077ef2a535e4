package dev.skelly.features.accounts;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import dev.skelly.event.FieldVisibility;
import dev.skelly.event.Sensitive;
import dev.skelly.event.VisibleTo;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened to a person's account; for the person and the administrators. */
@Channels({"user:{userId}", "role:admin"})
public sealed interface AccountEvent extends Event {

    /** Whose account. */
    UUID userId();

    @Override
    default String subject() {
        return "user:" + userId();
    }

    @Override
    default Audience audience() {
        return Audience.userAndAdmins(userId());
    }

    /**
     * An account was made.
     *
     * @param requiresEmailVerification whether the address is still to be proved
     * @param email the address; sealed, for the person and the administrators, and null for everybody once the account is erased
     * @param name likewise; null also where none was given
     */
    @EventName("user.registered")
    @Description("An account was made.")
    record Registered(
            UUID userId,
            boolean requiresEmailVerification,

            @Sensitive @VisibleTo({FieldVisibility.SELF, Audience.ADMIN}) @Nullable
            String email,

            @Sensitive @VisibleTo({FieldVisibility.SELF, Audience.ADMIN}) @Nullable
            String name)
            implements AccountEvent {

        /** Neither address nor name. */
        @Override
        public String toString() {
            return "Registered[" + userId + "]";
        }
    }

    /** The account has its first preferences; once an account. */
    @EventName("user.preferences-initialised")
    @Description("The account has its first preferences; once an account.")
    record PreferencesInitialised(UUID userId) implements AccountEvent {}

    /**
     * The person changed the preferences.
     *
     * @param version of the preferences now
     */
    @EventName("user.preferences-changed")
    @Description("The person changed the preferences.")
    record PreferencesChanged(UUID userId, long version) implements AccountEvent {}

    /**
     * The account was changed.
     *
     * @param changed names of the fields, not their values
     */
    @EventName("user.updated")
    @Description("The account was changed.")
    record Updated(UUID userId, List<String> changed) implements AccountEvent {}

    /** Somebody signed in. */
    @EventName("user.logged-in")
    @Description("Somebody signed in.")
    record LoggedIn(UUID userId, UUID sessionId) implements AccountEvent {}

    /** A sign-in was ended by the person, or by too many newer ones. */
    @EventName("user.logged-out")
    @Description("A sign-in was ended by the person, or by too many newer ones.")
    record LoggedOut(UUID userId, UUID sessionId) implements AccountEvent {}

    /** The person proved that the address is theirs. */
    @EventName("user.verified")
    @Description("The person proved that the address is theirs.")
    record Verified(UUID userId) implements AccountEvent {}

    /** A sign-in was ended because an old refresh token of it was used again: somebody else may have it. */
    @EventName("user.session-revoked")
    @Description("A sign-in was ended because an old refresh token of it was used again: somebody else may have it.")
    record SessionRevoked(UUID userId, UUID sessionId) implements AccountEvent {}

    /**
     * The password was changed; other sign-ins ended with it.
     *
     * @param reset whether by the link of a mail, else by somebody who knew the old one
     */
    @EventName("user.password-changed")
    @Description("The password was changed; other sign-ins ended with it.")
    record PasswordChanged(UUID userId, boolean reset) implements AccountEvent {}

    /**
     * The person wants another address, which is still to be proved.
     *
     * @param changeId what the links of the mails about it belong to
     */
    @EventName("user.email-change-requested")
    @Description("The person wants another address, which is still to be proved.")
    record EmailChangeRequested(UUID userId, UUID changeId) implements AccountEvent {}

    /** The account has another address, which was proved. */
    @EventName("user.email-changed")
    @Description("The account has another address, which was proved.")
    record EmailChanged(UUID userId) implements AccountEvent {}

    /**
     * The account has other roles: an administrator or the operator gave them, or the address of one whom the operator named was proved.
     *
     * @param before all roles it had
     * @param after all roles it has
     */
    @EventName("user.roles-changed")
    @Description("The account has other roles.")
    record RolesChanged(UUID userId, List<String> before, List<String> after) implements AccountEvent {}

    /** An administrator or the operator disabled the account: nobody is signed in with it, or can sign in. */
    @EventName("user.disabled")
    @Description("The account was disabled: nobody is signed in with it, or can sign in.")
    record Disabled(UUID userId) implements AccountEvent {}

    /** An administrator or the operator enabled the account again. */
    @EventName("user.enabled")
    @Description("The account was enabled again.")
    record Enabled(UUID userId) implements AccountEvent {}

    /** The account and everything personal about it were erased. */
    @EventName("user.deleted")
    @Description("The account and everything personal about it were erased.")
    record Deleted(UUID userId) implements AccountEvent {}

    /** Somebody asked for a letter by typing an address. Who it belongs to, if to anybody, is not in the fact. */
    @Channels("role:admin")
    sealed interface Asked extends Event {

        /** Which request. */
        UUID requestId();

        @Override
        default String subject() {
            return "letter-request:" + requestId();
        }

        @Override
        default Audience audience() {
            return Audience.of(Audience.role(Audience.ADMIN));
        }

        /** For a new password. */
        @EventName("user.password-forgotten")
        @Description("Somebody asked for a letter that lets set a new password.")
        record PasswordForgotten(UUID requestId) implements Asked {}

        /** For another link that proves the address. */
        @EventName("user.verification-requested")
        @Description("Somebody asked for another letter that proves an address.")
        record VerificationRequested(UUID requestId) implements Asked {}

        /** For an account that the address has, where this is told to nobody but the owner of the address. */
        @EventName("user.registration-repeated")
        @Description("Somebody asked for an account with an address that has one.")
        record RegistrationRepeated(UUID requestId) implements Asked {}
    }
}
