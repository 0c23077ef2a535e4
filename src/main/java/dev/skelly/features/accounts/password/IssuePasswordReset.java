package dev.skelly.features.accounts.password;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;

/**
 * Stores a password reset token of an account. Earlier tokens stay valid until one of them is used.
 *
 * @param token random; only its hash is stored
 */
public record IssuePasswordReset(UUID account, SecretText token) implements Command<Void> {}
