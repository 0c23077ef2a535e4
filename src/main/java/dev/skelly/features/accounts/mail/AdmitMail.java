package dev.skelly.features.accounts.mail;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.EmailAddress;
import java.util.UUID;

/**
 * Counts a mail for the mailbox of its receiver. A repetition counts once and has the same result.
 *
 * @param mail the mail's id
 * @param email an address that {@link EmailAddress} accepts
 * @param notice whether it reports a change to the account. Those are counted apart, so that requested mails cannot keep them back
 */
public record AdmitMail(UUID mail, String email, boolean notice) implements Command<AdmitMail.Admission> {

    /** Whether the mail may be sent. */
    public record Admission(boolean admitted) {}

    @Override
    public String toString() {
        return "AdmitMail[" + mail + "]";
    }
}
