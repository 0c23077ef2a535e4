package dev.skelly.features.accounts.session;

import dev.skelly.feature.Command;
import java.util.UUID;

/** Ends all sessions of an account. */
record EndSessions(UUID account) implements Command<Void> {}
