package dev.skelly.auth;

import dev.skelly.feature.Query;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the keys that sign or verify access tokens. */
public record ListSigningKeys() implements Query<ListSigningKeys.SigningKeyList> {

    /**
     * A key, without secrets.
     *
     * @param signsFrom when it started, or starts, to sign
     * @param signsUntil when it ended, or ends; null for the newest
     * @param sealed whether it is in the database, encrypted with the master key
     */
    public record SigningKey(
            String kid, Instant signsFrom, @Nullable Instant signsUntil, boolean sealed) {}

    /** All keys that still verify tokens, newest first. */
    public record SigningKeyList(List<SigningKey> items) {}
}
