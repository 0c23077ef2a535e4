package dev.skelly.idempotency;

import dev.skelly.feature.Command;
import java.util.UUID;

/**
 * Ends a run with its response. A response that is too long, or whose run no longer holds the key, is not stored.
 *
 * @param key digest of the caller's key
 * @param claim identifies the run
 * @param sealed base64 of the encrypted response
 */
public record StoreResponse(String key, UUID claim, String sealed) implements Command<Void> {}
