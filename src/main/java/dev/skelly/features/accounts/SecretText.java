package dev.skelly.features.accounts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.skelly.features.accounts.session.RefreshToken;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A text that must not appear in logs: a password hash or a token.
 *
 * @param reveal the text
 */
public record SecretText(@JsonValue String reveal) {

    private static final int RANDOM_BYTES = 32;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SecretText {}

    /** Returns 256 random bits as base64url, for links and cookies. */
    public static SecretText random(SecureRandom random) {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new SecretText(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Returns the SHA-256 digest; of a random text nothing else is stored. */
    public Buffer digest() {
        return RefreshToken.hash(Buffer.buffer(reveal));
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
