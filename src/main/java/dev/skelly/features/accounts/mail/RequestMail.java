package dev.skelly.features.accounts.mail;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.EmailAddress;
import java.util.UUID;

/**
 * Requests a mail to an address, if it has an account. The effects and the duration are the same if it has none.
 *
 * @param id of the request
 * @param email an address that {@link EmailAddress} accepts
 */
public record RequestMail(UUID id, String email, MailKind kind) implements Command<Void> {

    /** The kind of mail. */
    public enum MailKind {
        /** A password reset link. */
        PASSWORD,
        /** A verification link. */
        VERIFICATION,
        /** A notice that the address already has an account. */
        REGISTRATION
    }

    @Override
    public String toString() {
        return "RequestMail[" + id + "]";
    }
}
