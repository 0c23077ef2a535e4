package dev.skelly.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Computes digests that verify, compare or name content. Not for passwords. */
public final class Sha256 {

    private Sha256() {}

    /** Returns the 32 bytes of the digest. */
    public static byte[] of(byte[] content) {
        return begin().digest(content);
    }

    /** Returns the digest of a text in UTF-8, as 43 characters of base64url. */
    public static String of(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns a strong entity tag of content, quotes included (RFC 9110 section 8.8.3). Half of the digest is enough for that. */
    public static String entityTag(byte[] content) {
        return '"' + HexFormat.of().formatHex(of(content), 0, 16) + '"';
    }

    /** Returns a digest for content that arrives in pieces. Confined to the caller. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
