package dev.skelly.features.accounts.login;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Start a sign-in for somebody whose password was found right.
 *
 * @param session of the new sign-in
 * @param seenHash what the password was compared with
 * @param device by which the browser is recognised the next time
 * @param newHash the same password hashed with present parameters; null where it is
 */
public record LogIn(
        UUID session,
        UUID account,
        SecretText seenHash,
        @Nullable SecretText newHash,
        ClientDevice client,
        SecretText device)
        implements Command<LoginResult> {}
