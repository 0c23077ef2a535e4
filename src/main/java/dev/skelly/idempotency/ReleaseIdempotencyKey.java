package dev.skelly.idempotency;

import dev.skelly.feature.Command;
import java.util.UUID;

/**
 * Ends a run that was refused or failed: the next repeat runs at once.
 *
 * @param key digest of the caller's key
 * @param claim names the run
 * @param forget whether the run certainly did nothing, so that the key may serve another request; what was noted as done stays
 */
public record ReleaseIdempotencyKey(String key, UUID claim, boolean forget) implements Command<Void> {}
