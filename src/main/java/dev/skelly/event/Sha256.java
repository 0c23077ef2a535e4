package dev.skelly.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Digests by which content is known again: for what is proved, compared or named, not for passwords. */
public final class Sha256 {

    private Sha256() {}

    /** The 32 bytes. */
    public static byte[] of(byte[] content) {
        return begin().digest(content);
    }

    /** Of a text in UTF-8, as 43 characters of base64url. */
    public static String of(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A strong entity tag of content, quotes included (RFC 9110 section 8.8.3): half of the digest is enough for that. */
    public static String entityTag(byte[] content) {
        return '"' + HexFormat.of().formatHex(of(content), 0, 16) + '"';
    }

    /** For content that comes in pieces; confined to whoever asked. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
