package dev.skelly.idempotency;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts stored responses with AES-256-GCM: nonce, then ciphertext and tag. Safe on any thread. */
public final class ResponseEncryption {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /** Uses a key of 32 bytes, as base64. */
    public ResponseEncryption(String key) {
        this.key = new SecretKeySpec(Base64.getDecoder().decode(key), "AES");
    }

    /** Encrypts a text, which only {@link #open} under the same key decrypts. */
    public byte[] close(byte[] plain) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var text = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain);
            var sealed = Arrays.copyOf(nonce, NONCE_BYTES + text.length);
            System.arraycopy(text, 0, sealed, NONCE_BYTES, text.length);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM encrypts any text", e);
        }
    }

    /**
     * Decrypts a text.
     *
     * @throws IllegalArgumentException when it was encrypted under another key, or was changed
     */
    public byte[] open(byte[] sealed) {
        if (sealed.length < NONCE_BYTES) {
            throw new IllegalArgumentException("stored response: too short (expected: at least a nonce)");
        }
        try {
            var text = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES))
                    .doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "stored response: unreadable (expected: one encrypted under this key)", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
