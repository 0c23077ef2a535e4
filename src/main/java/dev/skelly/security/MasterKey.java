package dev.skelly.security;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals what lies in the database with AES-256-GCM: nonce, then ciphertext and tag. What it belongs to is authenticated with it. */
final class MasterKey {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    private MasterKey(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** The operator's key; empty where none is set. */
    static Optional<MasterKey> of(SecurityConfig config) {
        return config.masterKey().isEmpty()
                ? Optional.empty()
                : Optional.of(new MasterKey(Base64.getDecoder().decode(config.masterKey())));
    }

    Buffer seal(Buffer plain, String belongsTo) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, belongsTo).doFinal(plain.getBytes());
            return Buffer.buffer(nonce).appendBytes(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM seals any text", e);
        }
    }

    /** @throws IllegalArgumentException when it was sealed under another key, or was changed */
    Buffer open(Buffer sealed, String belongsTo) {
        try {
            var nonce = sealed.getBytes(0, NONCE_BYTES);
            var text = sealed.getBytes(NONCE_BYTES, sealed.length());
            return Buffer.buffer(cipher(Cipher.DECRYPT_MODE, nonce, belongsTo).doFinal(text));
        } catch (GeneralSecurityException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "security.master-key: not shown (expected: the key under which the signing key was sealed)", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String belongsTo) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(belongsTo.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
