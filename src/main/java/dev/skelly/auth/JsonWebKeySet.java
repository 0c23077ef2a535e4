package dev.skelly.auth;

import java.util.List;

/** A JWK set (RFC 7517 section 5). */
public record JsonWebKeySet(List<JsonWebKey> keys) {

    /** Copies the keys. */
    public JsonWebKeySet {
        keys = List.copyOf(keys);
    }
}
