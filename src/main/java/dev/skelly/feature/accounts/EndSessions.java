package dev.skelly.feature.accounts;

import dev.skelly.feature.Command;
import java.util.UUID;

/** End every sign-in of a person. */
record EndSessions(UUID account) implements Command<Void> {}
