package dev.skelly.features.accounts.email;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;

/**
 * Stores a token that verifies a requested address. Earlier tokens stay valid.
 *
 * @param token random; only its hash is stored
 */
public record IssueEmailToken(UUID change, SecretText token) implements Command<Void> {}
