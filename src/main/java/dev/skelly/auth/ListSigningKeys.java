package dev.skelly.auth;

import dev.skelly.feature.Query;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which keys sign or verify access tokens? */
public record ListSigningKeys() implements Query<ListSigningKeys.SigningKeyList> {

    /**
     * One key, without anything secret.
     *
     * @param signsFrom when it began, or begins, to sign
     * @param signsUntil when it ended, or ends; null for the newest
     * @param sealed whether it lies in the database under the master key
     */
    public record SigningKey(
            String kid, Instant signsFrom, @Nullable Instant signsUntil, boolean sealed) {}

    /** All that still verify, newest first. */
    public record SigningKeyList(List<SigningKey> items) {}
}
