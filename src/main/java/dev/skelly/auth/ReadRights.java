package dev.skelly.auth;

import dev.skelly.feature.Query;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rights that ended or changed.
 *
 * @param horizon from the last result; null for all that may still matter
 */
public record ReadRights(@Nullable String horizon) implements Query<RightsDelta> {}
