package dev.skelly.features.accounts.registration;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;

/** Marks an account's address as verified, by the token that was mailed there. */
public record VerifyEmail(SecretText token) implements Command<Void> {}
