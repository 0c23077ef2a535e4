package dev.skelly.node;

import java.net.URI;
import java.util.Optional;

/**
 * What a node says of itself once it has started.
 *
 * @param url where it listens
 * @param publicUrl how browsers reach it
 * @param firstAdministrator the link that makes the first administrator; empty where there is one. A secret: shown once, never logged
 */
record StartResult(String url, URI publicUrl, Optional<String> firstAdministrator) {

    /** Without the link. */
    @Override
    public String toString() {
        return "Started[" + url + "]";
    }
}
