package dev.skelly.features.deadletters;

import dev.skelly.feature.Command;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Discards a dead letter.
 *
 * @param by the account of the caller
 * @param expectedVersion of the dead letter; null for any
 */
public record DiscardDeadLetter(
        UUID id, String reason, UUID by, @Nullable Long expectedVersion) implements Command<Void> {}
