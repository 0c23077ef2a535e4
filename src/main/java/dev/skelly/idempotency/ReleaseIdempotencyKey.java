package dev.skelly.idempotency;

import dev.skelly.feature.Command;
import java.util.UUID;

/**
 * Ends a run that was rejected or failed: the next repetition runs at once.
 *
 * @param key digest of the caller's key
 * @param claim identifies the run
 * @param forget whether the run certainly did nothing, so that the key may serve another request; a stored effect stays
 */
public record ReleaseIdempotencyKey(String key, UUID claim, boolean forget) implements Command<Void> {}
