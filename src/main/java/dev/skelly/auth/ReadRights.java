package dev.skelly.auth;

import dev.skelly.feature.Query;
import org.jspecify.annotations.Nullable;

/**
 * What rights ended or changed?
 *
 * @param horizon as the last answer named it; null for all that may still matter
 */
public record ReadRights(@Nullable String horizon) implements Query<RightsDelta> {}
