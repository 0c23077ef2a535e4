package dev.skelly.apidocs;

import dev.skelly.event.Sha256;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * A document that is served unchanged.
 *
 * @param type its media type
 * @param etag strong entity tag of its content
 */
record ServedDocument(String type, Buffer content, String etag) {

    static ServedDocument of(String type, String text) {
        return of(type, text.getBytes(StandardCharsets.UTF_8));
    }

    static ServedDocument of(String type, byte[] bytes) {
        return new ServedDocument(type, Buffer.buffer(bytes), Sha256.entityTag(bytes));
    }
}
