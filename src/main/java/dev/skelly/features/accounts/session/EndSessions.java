package dev.skelly.features.accounts.session;

import dev.skelly.feature.Command;
import java.util.UUID;

/** End every sign-in of a person. */
record EndSessions(UUID account) implements Command<Void> {}
