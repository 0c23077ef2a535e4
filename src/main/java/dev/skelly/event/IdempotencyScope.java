package dev.skelly.event;

import java.util.UUID;

/**
 * Says that what a request does is to be done once, however often the request is repeated with its key.
 *
 * @param key digest of the caller's key; names the row that remembers it
 * @param claim the run that may act under the key; a run that took over has another
 * @param seal base64 of the 32 bytes under which what is remembered is sealed. A secret
 */
public record IdempotencyScope(String key, UUID claim, String seal) {

    /** Leaves the seal out. */
    @Override
    public String toString() {
        return "Once[" + key + ", " + claim + "]";
    }
}
