package dev.skelly.work;

import dev.skelly.feature.Command;
import java.util.UUID;

/**
 * Give it up for good.
 *
 * @param by the account that asks
 */
record DiscardDeadLetter(UUID id, String reason, UUID by) implements Command<Void> {}
