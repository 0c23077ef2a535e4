package dev.skelly.features.accounts.session;

import dev.skelly.feature.Query;
import java.util.UUID;

/** Lists the live sessions of an account. */
record ListSessions(UUID account) implements Query<SessionView.Items> {}
