package dev.skelly.features.accounts.erasure;

import dev.skelly.feature.Command;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Erases an account and all personal data of all features in one transaction.
 *
 * @param expectedVersion of the account; null for any
 */
public record EraseAccount(UUID account, @Nullable Long expectedVersion) implements Command<Void> {}
