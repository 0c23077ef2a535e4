package dev.skelly.documents;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Something that is served as it is.
 *
 * @param type its media type
 * @param etag strong entity tag of its content
 */
record Document(String type, Buffer content, String etag) {

    private static final int ETAG_CHARS = 32;

    static Document of(String type, String text) {
        return of(type, text.getBytes(StandardCharsets.UTF_8));
    }

    static Document of(String type, byte[] bytes) {
        return new Document(type, Buffer.buffer(bytes), etag(bytes));
    }

    private static String etag(byte[] bytes) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(hash).substring(0, ETAG_CHARS) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
