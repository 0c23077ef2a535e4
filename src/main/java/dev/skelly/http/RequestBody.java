package dev.skelly.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.buffer.Buffer;

/**
 * A body that was read.
 *
 * @param bytes as it came
 * @param document what it says; missing where the route takes no body
 */
record RequestBody(Buffer bytes, JsonNode document) {

    /** Nothing. */
    static final RequestBody NONE = new RequestBody(Buffer.buffer(), MissingNode.getInstance());
}
