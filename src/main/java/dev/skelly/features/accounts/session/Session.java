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
 * One sign-in: a family of refresh tokens of which one is valid at a time.
 *
 * @param familyHash of the secret that all its tokens share
 * @param turnHash of the valid token's own secret
 * @param previousHash of the secret of the token before it; null before the first refresh
 * @param successionKey from which a token's successor follows
 * @param usedAt when the valid token was given out
 * @param expiresAt when it ends if it is not refreshed
 */
record Session(
        UUID id,
        UUID account,
        Buffer familyHash,
        Buffer turnHash,
        @Nullable Buffer previousHash,
        Buffer successionKey,
        Instant createdAt,
        Instant usedAt,
        Instant expiresAt,
        boolean revoked) {

    /** What handing in a token means. */
    enum Use {
        /** It is the valid one: its successor takes its place. */
        TURN,
        /** It was the valid one until a moment ago and its answer may have been lost: the same answer again. */
        REPEAT,
        /** It was valid once: somebody has it who should not, or had it when it was new. The sign-in ends. */
        REUSE,
        /** It never was one of this sign-in, or the sign-in has ended. */
        REFUSED
    }

    /** A new sign-in, with its first token given out now. */
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

    /** A sign-in that ends at {@code end}: its token is handed to nobody. */
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

    /* Whichever comes first: too long without a use, or too long altogether. */
    private static Instant end(Instant created, Instant used, AuthConfig config) {
        var idle = used.plus(config.sessionIdle());
        var absolute = created.plus(config.sessionLife());
        return idle.isBefore(absolute) ? idle : absolute;
    }

    /** Judges a token that says it is of this sign-in. */
    Use judge(RefreshToken token, Instant now, Duration grace) {
        if (!family(token) || revoked || !now.isBefore(expiresAt)) {
            return Use.REFUSED;
        }
        var hash = token.turnHash();
        if (equal(turnHash, hash)) {
            return Use.TURN;
        }
        var repeats = previousHash != null && equal(previousHash, hash) && !now.isAfter(usedAt.plus(grace));
        return repeats ? Use.REPEAT : Use.REUSE;
    }

    /** Whether a token is, or was, one of this sign-in. */
    boolean family(RefreshToken token) {
        return equal(familyHash, token.familyHash());
    }

    private static boolean equal(Buffer one, Buffer other) {
        return MessageDigest.isEqual(one.getBytes(), other.getBytes());
    }

    /** The same sign-in after its valid token was handed in. */
    Session turned(RefreshToken successor, Instant now, AuthConfig config) {
        return new Session(
                id,
                account,
                familyHash,
                successor.turnHash(),
                turnHash,
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
