package dev.skelly.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Derives keys from a secret, a separate one for each purpose: HKDF with SHA-256 and without salt (RFC 5869). */
public final class Hkdf {

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
        return Hmac.with(Hmac.with(new byte[KEY_BYTES]).doFinal(secret)).doFinal(block);
    }
}
