package dev.skelly.features.accounts.session;

import dev.skelly.feature.Query;
import java.util.UUID;

/** Where is this person signed in? */
record ListSessions(UUID account) implements Query<SessionView.Items> {}
