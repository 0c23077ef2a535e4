package dev.skelly.auth;

import dev.skelly.event.Sha256;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The value of the session cookie: it proves a session for as long as the session lives, and grants what a browser cannot send a header for.
 *
 * @param session the session's id
 * @param secret 32 bytes
 */
public record SessionCookieSecret(UUID session, Buffer secret) {

    private static final int SECRET_BYTES = 32;
    private static final int BYTES = 2 * Long.BYTES + SECRET_BYTES;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{64}");

    /** Parses a cookie; empty when the text is malformed. */
    public static Optional<SessionCookieSecret> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        var session = new UUID(bytes.getLong(), bytes.getLong());
        var secret = new byte[SECRET_BYTES];
        bytes.get(secret);
        return Optional.of(new SessionCookieSecret(session, Buffer.buffer(secret)));
    }

    /** Returns the stored hash of the secret. */
    public Buffer hash() {
        return Buffer.buffer(Sha256.of(secret.getBytes()));
    }

    /** Returns the cookie's value: 64 characters of base64url. */
    public String text() {
        var bytes = ByteBuffer.allocate(BYTES)
                .putLong(session.getMostSignificantBits())
                .putLong(session.getLeastSignificantBits())
                .put(secret.getBytes());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    @Override
    public String toString() {
        return "SessionCookieSecret[" + session + "]";
    }
}
