package dev.skelly.crypto;

import dev.skelly.event.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Computes digests of content with sensitive fields. They use the subject's key, so content can be compared, but not guessed once the key is
 * destroyed.
 */
final class ContentDigest {

    private static final byte[] PURPOSE = "skelly event content\n".getBytes(StandardCharsets.UTF_8);

    private ContentDigest() {}

    /**
     * Returns the same digest for the same content as long as the key lives, regardless of the master key that encrypts it.
     *
     * @param plain a digest without a key
     */
    static String keyed(byte[] key, String plain) {
        var mac = Hmac.with(key);
        mac.update(PURPOSE);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac.doFinal(plain.getBytes(StandardCharsets.UTF_8)));
    }
}
