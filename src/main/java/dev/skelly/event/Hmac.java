package dev.skelly.event;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Message authentication codes: HMAC with SHA-256 (RFC 2104). */
public final class Hmac {

    private static final String SHA_256 = "HmacSHA256";

    private Hmac() {}

    /**
     * Returns a code that nothing was added to. Confined to one thread.
     *
     * @param key at least one byte
     */
    public static Mac with(byte[] key) {
        try {
            var mac = Mac.getInstance(SHA_256);
            mac.init(new SecretKeySpec(key, SHA_256));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC with SHA-256", e);
        }
    }
}
