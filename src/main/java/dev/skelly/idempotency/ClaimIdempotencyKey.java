package dev.skelly.idempotency;

import dev.skelly.feature.Command;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Claims a key for a run. Rejected with 422 when the key was used for another request, 409 while another run is active, 429 when the caller
 * has too many keys.
 *
 * @param key digest of the caller's key
 * @param caller digest of the caller
 * @param request digest of the request
 * @param former digest of the same request as earlier releases made it, under which its first run may be stored
 * @param claim identifies this run
 * @param seed source of the ids of a first run
 * @param lease time without a response after which another run may take over
 */
public record ClaimIdempotencyKey(
        String key, String caller, String request, String former, UUID claim, UUID seed, Duration lease)
        implements Command<ClaimIdempotencyKey.KeyClaim> {

    /** Returns whether a stored request is this one. */
    boolean repeats(String stored) {
        return stored.equals(request) || stored.equals(former);
    }

    /**
     * The stored state of the key.
     *
     * @param seed that of the first run
     * @param sealed base64 of the encrypted response, if there is one; null means that this run continues
     */
    public record KeyClaim(UUID seed, @Nullable String sealed) {}
}
