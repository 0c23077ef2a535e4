package dev.skelly.features.accounts.session;

import dev.skelly.auth.SessionCookieSecret;
import dev.skelly.event.Hmac;
import dev.skelly.event.Sha256;
import dev.skelly.features.accounts.SecretText;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A token with which a client gets its next access token.
 *
 * <p>It has three parts: the session's id; a secret that all tokens of the session share, which distinguishes an old token from a forged one;
 * and a secret of this turn. The next turn's secret is derived from this one and a key that only the database has, so the same response can
 * be given twice although no token is stored (decision note 0030).
 *
 * @param session the session's id
 * @param family 16 bytes, the same for all tokens of a session
 * @param turn 32 bytes, new with each use
 */
public record RefreshToken(UUID session, Buffer family, Buffer turn) {

    private static final int ID_BYTES = 16;
    private static final int FAMILY_BYTES = 16;
    private static final int SECRET_BYTES = 32;
    private static final int BYTES = ID_BYTES + FAMILY_BYTES + SECRET_BYTES;
    private static final Buffer COOKIE = Buffer.buffer("session cookie");
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{86}");

    /** Returns the first token of a session. */
    public static RefreshToken first(UUID session, SecureRandom random) {
        return new RefreshToken(session, random(random, FAMILY_BYTES), random(random, SECRET_BYTES));
    }

    /** Returns a new key for {@link #successor}. */
    static Buffer successionKey(SecureRandom random) {
        return random(random, SECRET_BYTES);
    }

    private static Buffer random(SecureRandom random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return Buffer.buffer(bytes);
    }

    /** Parses a token; empty when the text is malformed. */
    public static Optional<RefreshToken> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        var session = new UUID(bytes.getLong(), bytes.getLong());
        return Optional.of(new RefreshToken(session, next(bytes, FAMILY_BYTES), next(bytes, SECRET_BYTES)));
    }

    private static Buffer next(ByteBuffer bytes, int length) {
        var part = new byte[length];
        bytes.get(part);
        return Buffer.buffer(part);
    }

    /** Returns the session cookie, the same for all tokens of a session: the browser keeps a valid one when a response is lost. */
    public SessionCookieSecret cookie() {
        return new SessionCookieSecret(session, hmac(family, COOKIE));
    }

    /** Returns the token of the next turn, always the same for the same key. */
    RefreshToken successor(Buffer successionKey) {
        return new RefreshToken(session, family, hmac(successionKey, turn));
    }

    private static Buffer hmac(Buffer key, Buffer text) {
        return Buffer.buffer(Hmac.with(key.getBytes()).doFinal(text.getBytes()));
    }

    /** Returns the stored hash of the family's secret. */
    Buffer familyHash() {
        return hash(family);
    }

    /** Returns the stored hash of this turn's secret. */
    Buffer turnHash() {
        return hash(turn);
    }

    /** SHA-256 suffices for random secrets. */
    public static Buffer hash(Buffer secret) {
        return Buffer.buffer(Sha256.of(secret.getBytes()));
    }

    /** Returns the token as the client gets it: 86 characters of base64url. */
    public SecretText text() {
        var bytes = ByteBuffer.allocate(BYTES)
                .putLong(session.getMostSignificantBits())
                .putLong(session.getLeastSignificantBits())
                .put(family.getBytes())
                .put(turn.getBytes());
        return new SecretText(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array()));
    }

    @Override
    public String toString() {
        return "RefreshToken[" + session + "]";
    }
}
