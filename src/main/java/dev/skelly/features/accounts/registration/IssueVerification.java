package dev.skelly.features.accounts.registration;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;

/**
 * Stores a token that verifies an account's address. Earlier tokens stay valid.
 *
 * @param token 256 random bits as text; only its hash is stored
 */
public record IssueVerification(UUID account, SecretText token) implements Command<Void> {}
