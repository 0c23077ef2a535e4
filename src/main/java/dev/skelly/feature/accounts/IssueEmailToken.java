package dev.skelly.feature.accounts;

import dev.skelly.feature.Command;
import java.util.UUID;

/**
 * Let a token prove a wished address. Tokens issued before go on working.
 *
 * @param token random; only its hash is stored
 */
record IssueEmailToken(UUID change, Secret token) implements Command<Void> {}
