package dev.skelly.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.buffer.Buffer;

/**
 * A body that was read.
 *
 * @param bytes as received
 * @param document the parsed JSON; missing when the route takes no body
 */
record RequestBody(Buffer bytes, JsonNode document) {

    /** No body. */
    static final RequestBody NONE = new RequestBody(Buffer.buffer(), MissingNode.getInstance());
}
