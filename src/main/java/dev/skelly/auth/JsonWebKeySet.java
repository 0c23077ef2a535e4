package dev.skelly.auth;

import java.util.List;

/** Public keys as RFC 7517 section 5 writes them. */
public record JsonWebKeySet(List<JsonWebKey> keys) {

    /** Keeps its own copy. */
    public JsonWebKeySet {
        keys = List.copyOf(keys);
    }
}
