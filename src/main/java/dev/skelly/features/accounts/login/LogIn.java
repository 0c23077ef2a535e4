package dev.skelly.features.accounts.login;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Starts a session after the password was verified.
 *
 * @param session id of the new session
 * @param seenHash the hash against which the password was verified
 * @param device the secret that recognises the browser at the next login
 * @param newHash the same password hashed with the current parameters; null when the stored hash has them
 */
public record LogIn(
        UUID session,
        UUID account,
        SecretText seenHash,
        @Nullable SecretText newHash,
        ClientDevice client,
        SecretText device)
        implements Command<LoginResult> {}
