package dev.skelly.node;

import java.net.URI;
import java.util.List;

/**
 * The result of a start.
 *
 * @param url the URL where the node listens
 * @param publicUrl the URL for browsers
 * @param greeting lines of the features for the operator. They may hold a secret: shown once, never logged
 */
record StartResult(String url, URI publicUrl, List<String> greeting) {

    /** Copies the lines. */
    StartResult {
        greeting = List.copyOf(greeting);
    }

    /** Leaves out the lines. */
    @Override
    public String toString() {
        return "Started[" + url + "]";
    }
}
