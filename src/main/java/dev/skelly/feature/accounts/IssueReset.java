package dev.skelly.feature.accounts;

import dev.skelly.feature.Command;
import java.util.UUID;

/**
 * Let a token set a new password for an account. Tokens issued before go on working until one of them is used.
 *
 * @param token random; only its hash is stored
 */
record IssueReset(UUID account, Secret token) implements Command<Void> {}
