package dev.skelly.features.accounts.session;

import dev.skelly.auth.AuthConfig;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session: a family of refresh tokens, of which one is valid at a time.
 *
 * @param familyHash hash of the secret that all its tokens share
 * @param turnHash hash of the valid token's own secret
 * @param former the previous token; null before the first refresh
 * @param successionKey the key from which a token's successor is derived
 * @param usedAt when the valid token was issued
 * @param expiresAt when it ends unless it is refreshed
 */
record Session(
        UUID id,
        UUID account,
        Buffer familyHash,
        Buffer turnHash,
        @Nullable FormerToken former,
        Buffer successionKey,
        Instant createdAt,
        Instant usedAt,
        Instant expiresAt,
        boolean revoked) {

    /**
     * The token before the valid one.
     *
     * @param hash of its secret
     * @param client digest of the client that used it; null for one that was used before digests were stored
     */
    record FormerToken(Buffer hash, @Nullable Buffer client) {}

    /** The result of checking a refresh token. */
    enum Use {
        /** The valid token. Its successor replaces it. */
        TURN,
        /** The token that the same client used a moment ago; the response may have been lost. The same response is sent again. */
        REPEAT,
        /** A token that was valid earlier, or that another client has used, and may be stolen. The session ends. */
        REUSE,
        /** A token that never belonged to this session, or whose session has ended. */
        REFUSED
    }

    /** Starts a session, with its first token issued now. */
    static Session start(RefreshToken token, UUID account, Buffer successionKey, Instant now, AuthConfig config) {
        return new Session(
                token.session(),
                account,
                token.familyHash(),
                token.turnHash(),
                null,
                successionKey,
                now,
                now,
                end(now, now, config),
                false);
    }

    /** Starts a session that ends at {@code end}. Its refresh token is not handed out. */
    static Session unrefreshed(RefreshToken token, UUID account, SecureRandom random, Instant now, Instant end) {
        return new Session(
                token.session(),
                account,
                token.familyHash(),
                token.turnHash(),
                null,
                RefreshToken.successionKey(random),
                now,
                now,
                end,
                false);
    }

    /* Returns the earlier of two limits: the time without use and the total lifetime. */
    private static Instant end(Instant created, Instant used, AuthConfig config) {
        var idle = used.plus(config.sessionIdle());
        var absolute = created.plus(config.sessionLife());
        return idle.isBefore(absolute) ? idle : absolute;
    }

    /**
     * Checks a token that names this session.
     *
     * @param client digest of the client that sent it
     */
    Use judge(RefreshToken token, Buffer client, Instant now, Duration grace) {
        if (!family(token) || revoked || !now.isBefore(expiresAt)) {
            return Use.REFUSED;
        }
        var hash = token.turnHash();
        if (equal(turnHash, hash)) {
            return Use.TURN;
        }
        var soon = Duration.between(usedAt, now).abs().compareTo(grace)
                <= 0; // A clock that was set back makes no day of it.
        return soon && repeats(hash, client) ? Use.REPEAT : Use.REUSE;
    }

    private boolean repeats(Buffer hash, Buffer client) {
        if (former == null) {
            return false;
        }
        var first = former.client();
        return equal(former.hash(), hash) && first != null && equal(first, client);
    }

    /** Tells whether a token belongs, or belonged, to this session. */
    boolean family(RefreshToken token) {
        return equal(familyHash, token.familyHash());
    }

    private static boolean equal(Buffer one, Buffer other) {
        return MessageDigest.isEqual(one.getBytes(), other.getBytes());
    }

    /**
     * Returns the session after its valid token was used.
     *
     * @param client digest of the client that used it
     */
    Session turned(RefreshToken successor, Buffer client, Instant now, AuthConfig config) {
        return new Session(
                id,
                account,
                familyHash,
                successor.turnHash(),
                new FormerToken(turnHash, client),
                successionKey,
                createdAt,
                now,
                end(createdAt, now, config),
                revoked);
    }

    @Override
    public String toString() {
        return "Session[" + id + "]";
    }
}
