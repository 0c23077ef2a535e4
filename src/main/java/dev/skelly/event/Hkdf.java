package dev.skelly.event;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Derives keys from a secret, a separate one for each purpose: HKDF with SHA-256 and without salt (RFC 5869). */
public final class Hkdf {

    private static final String HMAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private Hkdf() {}

    /**
     * Returns a key of 32 bytes.
     *
     * @param secret random bytes, not a password
     * @param purpose what the key is for; another purpose gives another key
     */
    public static byte[] key(byte[] secret, String purpose) {
        var info = purpose.getBytes(StandardCharsets.UTF_8);
        var block = Arrays.copyOf(info, info.length + 1);
        block[info.length] = 1; // The number of the only block.
        return mac(mac(new byte[KEY_BYTES], secret), block);
    }

    private static byte[] mac(byte[] key, byte[] content) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC with SHA-256", e);
        }
    }
}
