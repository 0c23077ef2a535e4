package dev.skelly.feature.accounts;

import dev.skelly.feature.Command;
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
record SignIn(
        UUID session,
        UUID account,
        Secret seenHash,
        @Nullable Secret newHash,
        Client client,
        Secret device) implements Command<SignedIn> {}
