package dev.skelly.features.accounts.password;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;

/**
 * Stores a password reset token that the operator hands over.
 *
 * @param token random; only its hash is stored
 */
public record CreateResetLink(UUID account, SecretText token) implements Command<Void> {}
