package dev.skelly.idempotency;

import dev.skelly.feature.Command;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Begins a run under a key. Refused with 422 when the key was used for another request, 409 while another run is under way, 429 when the
 * caller has too many keys.
 *
 * @param key digest of the caller's key
 * @param caller digest of who calls
 * @param request digest of what is asked
 * @param claim names this run
 * @param seed where the ids come from that a first run gives
 * @param lease after how long without an answer another run may take over
 */
public record ClaimIdempotencyKey(String key, String caller, String request, UUID claim, UUID seed, Duration lease)
        implements Command<ClaimIdempotencyKey.KeyClaim> {

    /**
     * What is known of the key.
     *
     * @param seed that of the first run
     * @param sealed base64 of the sealed answer, where there is one; null tells this run to go on
     */
    public record KeyClaim(UUID seed, @Nullable String sealed) {}
}
