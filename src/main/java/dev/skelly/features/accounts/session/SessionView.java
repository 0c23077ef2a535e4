package dev.skelly.features.accounts.session;

import dev.skelly.feature.SchemaName;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A session as its person sees it.
 *
 * @param usedAt when it was last refreshed
 * @param expiresAt when it ends unless it is refreshed
 * @param address the network address of the login
 * @param agent the browser's User-Agent at the login, shortened
 */
@SchemaName("Session")
public record SessionView(UUID id, Instant createdAt, Instant usedAt, Instant expiresAt, String address, String agent) {

    /** All live sessions of an account, latest use first. */
    record Items(List<SessionView> items) {}
}
