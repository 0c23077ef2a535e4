package dev.skelly.features.accounts.admin;

import dev.skelly.feature.Command;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Note a security act that changes nothing.
 *
 * @param account to whom it was done; null for nobody known
 */
public record RecordAuditEntry(
        AuditEntryKind kind, @Nullable UUID account) implements Command<Void> {

    /** Which. */
    public enum AuditEntryKind {
        /** A wrong password, or one for an address without an account. */
        SIGN_IN_FAILED,
        /** A person took a copy of everything that is kept about them. */
        EXPORTED
    }
}
