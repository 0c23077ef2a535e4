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

/** Events of an account, for its person and the administrators. */
@Channels({"user:{userId}", "role:admin"})
public sealed interface AccountEvent extends Event {

    /** The account's id. */
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
     * The account was created.
     *
     * @param requiresEmailVerification whether the address must be verified
     * @param email the address; encrypted, visible to the person and administrators, and null for all once the account is erased
     * @param name encrypted likewise; null also without a name
     */
    @EventName("user.registered")
    @Description("The account was created.")
    record Registered(
            UUID userId,
            boolean requiresEmailVerification,

            @Sensitive @VisibleTo({FieldVisibility.SELF, Audience.ADMIN}) @Nullable
            String email,

            @Sensitive @VisibleTo({FieldVisibility.SELF, Audience.ADMIN}) @Nullable
            String name)
            implements AccountEvent {

        /** Contains neither address nor name. */
        @Override
        public String toString() {
            return "Registered[" + userId + "]";
        }
    }

    /** The account got its first preferences. Emitted once per account. */
    @EventName("user.preferences-initialised")
    @Description("The account got its first preferences. Emitted once per account.")
    record PreferencesInitialised(UUID userId) implements AccountEvent {}

    /**
     * The preferences were changed.
     *
     * @param version of the preferences after the change
     */
    @EventName("user.preferences-changed")
    @Description("The preferences were changed.")
    record PreferencesChanged(UUID userId, long version) implements AccountEvent {}

    /**
     * The account was changed.
     *
     * @param changed names of the fields, not their values
     */
    @EventName("user.updated")
    @Description("The account was changed.")
    record Updated(UUID userId, List<String> changed) implements AccountEvent {}

    /** A login succeeded and started a session. */
    @EventName("user.logged-in")
    @Description("A login succeeded and started a session.")
    record LoggedIn(UUID userId, UUID sessionId) implements AccountEvent {}

    /** A session was ended by the person, or because of too many newer sessions. */
    @EventName("user.logged-out")
    @Description("A session was ended by the person, or because of too many newer sessions.")
    record LoggedOut(UUID userId, UUID sessionId) implements AccountEvent {}

    /** A login succeeded on a device on which the account had not logged in before. Not emitted for the first device. */
    @EventName("user.device-added")
    @Description("A login succeeded on a device on which the account had not logged in before.")
    record DeviceAdded(UUID userId, UUID sessionId) implements AccountEvent {}

    /** The e-mail address was verified. */
    @EventName("user.verified")
    @Description("The e-mail address was verified.")
    record Verified(UUID userId) implements AccountEvent {}

    /** A session was revoked because an old refresh token was reused, which may mean that it was stolen. */
    @EventName("user.session-revoked")
    @Description("A session was revoked because an old refresh token was reused, which may mean that it was stolen.")
    record SessionRevoked(UUID userId, UUID sessionId) implements AccountEvent {}

    /**
     * The password was changed. Other sessions ended.
     *
     * @param reset true by a mailed link; false by giving the old password
     */
    @EventName("user.password-changed")
    @Description("The password was changed. Other sessions ended.")
    record PasswordChanged(UUID userId, boolean reset) implements AccountEvent {}

    /**
     * A change of the e-mail address was requested. The new address is not verified yet.
     *
     * @param changeId the change to which the mailed links belong
     */
    @EventName("user.email-change-requested")
    @Description("A change of the e-mail address was requested. The new address is not verified yet.")
    record EmailChangeRequested(UUID userId, UUID changeId) implements AccountEvent {}

    /** The e-mail address was changed to a verified one. */
    @EventName("user.email-changed")
    @Description("The e-mail address was changed to a verified one.")
    record EmailChanged(UUID userId) implements AccountEvent {}

    /**
     * The roles of the account were changed by an administrator, by the operator, or by verifying an address that a setting names.
     *
     * @param before all roles before the change
     * @param after all roles after the change
     */
    @EventName("user.roles-changed")
    @Description("The roles of the account were changed.")
    record RolesChanged(UUID userId, List<String> before, List<String> after) implements AccountEvent {}

    /** An administrator or the operator disabled the account. Its sessions ended, and logins are rejected. */
    @EventName("user.disabled")
    @Description("The account was disabled. Its sessions ended, and logins are rejected.")
    record Disabled(UUID userId) implements AccountEvent {}

    /** An administrator or the operator enabled the account again. */
    @EventName("user.enabled")
    @Description("The account was enabled again.")
    record Enabled(UUID userId) implements AccountEvent {}

    /** The account and all of its personal data were erased. */
    @EventName("user.deleted")
    @Description("The account and all of its personal data were erased.")
    record Deleted(UUID userId) implements AccountEvent {}

    /** A mail was requested for an address that the caller typed. The event does not contain whose address it is, if it has an account. */
    @Channels("role:admin")
    sealed interface Asked extends Event {

        /** The request's id. */
        UUID requestId();

        @Override
        default String subject() {
            return "letter-request:" + requestId();
        }

        @Override
        default Audience audience() {
            return Audience.of(Audience.role(Audience.ADMIN));
        }

        /** A password reset was requested. */
        @EventName("user.password-forgotten")
        @Description("A mail with a password reset link was requested.")
        record PasswordForgotten(UUID requestId) implements Asked {}

        /** Another verification link was requested. */
        @EventName("user.verification-requested")
        @Description("Another verification mail was requested.")
        record VerificationRequested(UUID requestId) implements Asked {}

        /** An account was requested for an address that has one, where only the owner of the address may learn this. */
        @EventName("user.registration-repeated")
        @Description("An account was requested for an address that has one.")
        record RegistrationRepeated(UUID requestId) implements Asked {}
    }
}
