package dev.skelly.features.accounts.email;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;

/**
 * Let a token prove a requested address. Tokens issued before go on working.
 *
 * @param token random; only its hash is stored
 */
public record IssueEmailToken(UUID change, SecretText token) implements Command<Void> {}
