package dev.skelly.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Computes digests of content with sensitive fields. They use the subject's key, so content can be compared, but not guessed once the key is
 * destroyed.
 */
final class ContentDigest {

    private static final String HMAC = "HmacSHA256";
    private static final byte[] PURPOSE = "skelly event content\n".getBytes(StandardCharsets.UTF_8);

    private ContentDigest() {}

    /**
     * Returns the same digest for the same content as long as the key lives, regardless of the master key that encrypts it.
     *
     * @param plain a digest without a key
     */
    static String keyed(byte[] key, String plain) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            mac.update(PURPOSE);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(plain.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC with SHA-256", e);
        }
    }
}
