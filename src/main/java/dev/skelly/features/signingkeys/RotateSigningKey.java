package dev.skelly.features.signingkeys;

import dev.skelly.feature.Command;
import java.time.Instant;

/** Have another key sign access tokens. Nobody is signed out: the old one verifies until its last token has expired. */
public record RotateSigningKey() implements Command<RotateSigningKey.NewSigningKey> {

    /**
     * The new key.
     *
     * @param kid its name
     * @param signsFrom when it begins to sign; known to everybody who verifies by then
     */
    public record NewSigningKey(String kid, Instant signsFrom) {}
}
