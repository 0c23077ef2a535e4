package dev.skelly.event;

import java.util.UUID;

/**
 * Marks a request as idempotent: it has one effect however often it is repeated with its key.
 *
 * @param key digest of the caller's key; identifies the row that stores the result
 * @param claim the run that may act under the key; a run that took over has another
 * @param seal base64 of the 32 bytes that encrypt the stored result. A secret
 */
public record IdempotencyScope(String key, UUID claim, String seal) {

    /** Omits the seal. */
    @Override
    public String toString() {
        return "Once[" + key + ", " + claim + "]";
    }
}
