package dev.skelly.features.accounts.session;

import dev.skelly.feature.SchemaName;
import dev.skelly.features.accounts.login.ClientDevice;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * A session as its person sees it.
 *
 * @param usedAt when it was last refreshed, to five minutes; it changes at full five minutes only
 * @param expiresAt when it ends unless it is refreshed, to five minutes
 * @param address the network address of the login
 * @param agent the browser's User-Agent at the login, shortened
 */
@SchemaName("Session")
public record SessionView(UUID id, Instant createdAt, Instant usedAt, Instant expiresAt, String address, String agent) {

    static final Comparator<SessionView> LATEST_FIRST = Comparator.comparing(SessionView::usedAt)
            .thenComparing(SessionView::createdAt)
            .thenComparing(SessionView::id)
            .reversed();

    private static final long SHOWN_SECONDS = Duration.ofMinutes(5).toSeconds();

    /** All live sessions of an account, latest use first. */
    record Items(List<SessionView> items) {}

    /** Returns the start of the five minutes in which an instant is. */
    static Instant floor(Instant instant) {
        return Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), SHOWN_SECONDS) * SHOWN_SECONDS);
    }

    /** Returns a view with the use rounded down, but not before the login, and the end rounded up. */
    static SessionView coarse(UUID id, Instant createdAt, Instant usedAt, Instant expiresAt, ClientDevice client) {
        var used = floor(usedAt);
        var end = floor(expiresAt);
        return new SessionView(
                id,
                createdAt,
                used.isBefore(createdAt) ? createdAt : used,
                end.equals(expiresAt) ? end : end.plusSeconds(SHOWN_SECONDS),
                client.address(),
                client.agent());
    }
}
