package dev.skelly.security;

import java.util.List;

/** Public keys as RFC 7517 section 5 writes them. */
public record KeySet(List<Jwk> keys) {

    /** Keeps its own copy. */
    public KeySet {
        keys = List.copyOf(keys);
    }
}
