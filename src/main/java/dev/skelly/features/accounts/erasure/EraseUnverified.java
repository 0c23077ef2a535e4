package dev.skelly.features.accounts.erasure;

import dev.skelly.feature.Command;
import java.time.Instant;
import java.util.UUID;

/**
 * Erases an account like {@link EraseAccount}, if it is still unverified. Otherwise it does nothing.
 *
 * @param createdBefore an account from this time on stays
 */
record EraseUnverified(UUID account, Instant createdBefore) implements Command<Void> {}
