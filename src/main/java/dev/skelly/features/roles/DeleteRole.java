package dev.skelly.features.roles;

import dev.skelly.feature.Command;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a role that no account has.
 *
 * @param expectedVersion of the role; null for any
 */
record DeleteRole(String name, @Nullable Long expectedVersion) implements Command<Void> {}
