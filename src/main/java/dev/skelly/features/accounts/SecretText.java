package dev.skelly.features.accounts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.skelly.features.accounts.session.RefreshToken;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A text that no log line may show: a password's hash, a token.
 *
 * @param reveal the text
 */
public record SecretText(@JsonValue String reveal) {

    private static final int RANDOM_BYTES = 32;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SecretText {}

    /** 256 random bits as base64url: what nobody guesses, and a link or a cookie carries. */
    public static SecretText random(SecureRandom random) {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new SecretText(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** SHA-256: all that is stored of a random one. */
    public Buffer digest() {
        return RefreshToken.hash(Buffer.buffer(reveal));
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
