package dev.skelly.documents;

import dev.skelly.event.Sha256;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * Something that is served as it is.
 *
 * @param type its media type
 * @param etag strong entity tag of its content
 */
record Document(String type, Buffer content, String etag) {

    static Document of(String type, String text) {
        return of(type, text.getBytes(StandardCharsets.UTF_8));
    }

    static Document of(String type, byte[] bytes) {
        return new Document(type, Buffer.buffer(bytes), Sha256.entityTag(bytes));
    }
}
