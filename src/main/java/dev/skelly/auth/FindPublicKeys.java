package dev.skelly.auth;

import dev.skelly.feature.Query;

/** Asks for the keys by which tokens are verified: the active one, and retired ones whose last token may still live. */
public record FindPublicKeys() implements Query<JsonWebKeySet> {}
