package dev.skelly.features.accounts.admin;

import dev.skelly.feature.Command;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records a security act that changes nothing.
 *
 * @param account the target; null when no account is known
 */
public record RecordAuditEntry(
        AuditEntryKind kind, @Nullable UUID account) implements Command<Void> {

    /** The kind of act. */
    public enum AuditEntryKind {
        /** A wrong password, or one for an address without an account. */
        SIGN_IN_FAILED,
        /** A person exported their personal data. */
        EXPORTED
    }
}
