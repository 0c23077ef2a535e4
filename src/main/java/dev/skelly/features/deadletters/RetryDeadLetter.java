package dev.skelly.features.deadletters;

import dev.skelly.feature.Command;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Retries a dead letter from the first attempt.
 *
 * @param by the account of the caller
 * @param expectedVersion of the dead letter; null for any
 */
public record RetryDeadLetter(UUID id, UUID by, @Nullable Long expectedVersion) implements Command<Void> {}
