package dev.skelly.features.accounts.mail;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.EmailAddress;
import java.util.UUID;

/**
 * Have a letter written to an address, if it belongs to an account. What it does, and for how long, is the same if it belongs to none.
 *
 * @param id of the request
 * @param email an address that {@link EmailAddress} reads
 */
public record RequestMail(UUID id, String email, MailKind kind) implements Command<Void> {

    /** What the letter is for. */
    public enum MailKind {
        /** A new password. */
        PASSWORD,
        /** Proof of the address. */
        VERIFICATION,
        /** That there is an account with the address already. */
        REGISTRATION
    }

    @Override
    public String toString() {
        return "RequestMail[" + id + "]";
    }
}
