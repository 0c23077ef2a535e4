package dev.skelly.feature.accounts;

import dev.skelly.feature.Command;
import java.util.UUID;

/**
 * Let a token prove an account's address. Tokens issued before go on working.
 *
 * @param token 256 random bits as text; only its hash is stored
 */
record IssueVerification(UUID account, Secret token) implements Command<Void> {}
