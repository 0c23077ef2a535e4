package dev.skelly.work;

import dev.skelly.feature.Command;
import java.util.UUID;

/**
 * Try it again, from the first attempt.
 *
 * @param by the account that asks
 */
record RetryDeadLetter(UUID id, UUID by) implements Command<Void> {}
