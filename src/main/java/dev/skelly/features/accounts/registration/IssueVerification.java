package dev.skelly.features.accounts.registration;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;

/**
 * Let a token prove an account's address. Tokens issued before go on working.
 *
 * @param token 256 random bits as text; only its hash is stored
 */
public record IssueVerification(UUID account, SecretText token) implements Command<Void> {}
