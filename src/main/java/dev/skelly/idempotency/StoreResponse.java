package dev.skelly.idempotency;

import dev.skelly.feature.Command;
import java.util.UUID;

/**
 * Ends a run with its answer. One that is too long, or whose run no longer has the key, is not kept.
 *
 * @param key digest of the caller's key
 * @param claim names the run
 * @param sealed base64 of the sealed answer
 */
public record StoreResponse(String key, UUID claim, String sealed) implements Command<Void> {}
