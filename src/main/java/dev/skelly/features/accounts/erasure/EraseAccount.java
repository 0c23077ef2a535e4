package dev.skelly.features.accounts.erasure;

import dev.skelly.feature.Command;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Erase an account and everything personal that any feature keeps about it, in one transaction.
 *
 * @param expectedVersion of the account; null for any
 */
public record EraseAccount(UUID account, @Nullable Long expectedVersion) implements Command<Void> {}
