package dev.skelly.node;

import java.net.URI;
import java.util.Optional;

/**
 * The result of a start.
 *
 * @param url the URL where the node listens
 * @param publicUrl the URL for browsers
 * @param firstAdministrator the link that creates the first administrator; empty if there is an administrator. A secret: shown once, never logged
 */
record StartResult(String url, URI publicUrl, Optional<String> firstAdministrator) {

    /** Leaves out the link. */
    @Override
    public String toString() {
        return "Started[" + url + "]";
    }
}
