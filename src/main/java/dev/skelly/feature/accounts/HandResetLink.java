package dev.skelly.feature.accounts;

import dev.skelly.feature.Command;
import java.util.UUID;

/**
 * Let a token set a new password for an account, because the operator wants to hand it over.
 *
 * @param token random; only its hash is stored
 */
record HandResetLink(UUID account, Secret token) implements Command<Void> {}
