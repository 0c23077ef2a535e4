package dev.skelly.features.accounts.session;

import dev.skelly.feature.SchemaName;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A sign-in as its person sees it.
 *
 * @param usedAt when it was last refreshed
 * @param expiresAt when it ends if it is not refreshed
 * @param address from where the person signed in
 * @param agent what the browser called itself then, shortened
 */
@SchemaName("Session")
public record SessionView(UUID id, Instant createdAt, Instant usedAt, Instant expiresAt, String address, String agent) {

    /** All live sign-ins of a person, latest use first. */
    record Items(List<SessionView> items) {}
}
