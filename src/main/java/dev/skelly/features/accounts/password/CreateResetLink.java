package dev.skelly.features.accounts.password;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;

/**
 * Let a token set a new password for an account, because the operator wants to hand it over.
 *
 * @param token random; only its hash is stored
 */
public record CreateResetLink(UUID account, SecretText token) implements Command<Void> {}
