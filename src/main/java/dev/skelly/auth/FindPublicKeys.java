package dev.skelly.auth;

import dev.skelly.feature.Query;

/** Finds the keys that verify tokens: the active one, and retired ones whose last token may still be valid. */
public record FindPublicKeys() implements Query<JsonWebKeySet> {}
