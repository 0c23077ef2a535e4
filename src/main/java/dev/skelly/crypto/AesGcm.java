package dev.skelly.crypto;

import dev.skelly.event.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts with AES-256-GCM under one key: a random nonce of 96 bits, then ciphertext and tag. The context is authenticated. Safe on any
 * thread.
 */
public final class AesGcm {

    /** Length of a key. */
    public static final int KEY_BYTES = 32;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /** Creates a cipher with a key of 32 bytes. */
    public AesGcm(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("key of " + key.length + " bytes (expected: " + KEY_BYTES + ")");
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /** Returns a key of 32 bytes for another purpose, from which this key cannot be computed. */
    byte[] derive(String purpose) {
        return Hkdf.key(key.getEncoded(), purpose);
    }

    /** Encrypts any bytes; {@code belongsTo} is the authenticated context. */
    public byte[] seal(byte[] plain, String belongsTo) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, nonce, belongsTo);
            var sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
            var written = cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return Arrays.copyOf(sealed, NONCE_BYTES + written);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM seals any text", e);
        }
    }

    /**
     * Decrypts.
     *
     * @throws IllegalArgumentException when the key or the context differs, or the text was changed
     */
    public byte[] open(byte[] sealed, String belongsTo) {
        if (sealed.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            throw unreadable(null);
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES), belongsTo)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw unreadable(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    private static IllegalArgumentException unreadable(@Nullable Throwable cause) {
        return new IllegalArgumentException(
                "encrypted text: unreadable (expected: encrypted with this key for this context)", cause);
    }

    private Cipher cipher(int mode, byte[] nonce, String belongsTo) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(belongsTo.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
