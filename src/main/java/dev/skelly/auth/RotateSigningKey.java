package dev.skelly.auth;

import dev.skelly.feature.Command;
import java.time.Instant;

/** Creates a new key to sign access tokens. No session ends: the old key verifies tokens until its last one has expired. */
public record RotateSigningKey() implements Command<RotateSigningKey.NewSigningKey> {

    /**
     * The new key.
     *
     * @param kid the key id
     * @param signsFrom when it starts to sign; all verifiers have it by then
     */
    public record NewSigningKey(String kid, Instant signsFrom) {}
}
