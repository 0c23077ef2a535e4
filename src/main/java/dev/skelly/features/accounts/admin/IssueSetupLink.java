package dev.skelly.features.accounts.admin;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;

/**
 * Stores a token that creates the first administrator, and voids all others. Does nothing when an administrator exists.
 *
 * @param token random; only its hash is stored
 */
public record IssueSetupLink(SecretText token) implements Command<IssueSetupLink.IssuedSetupLink> {

    /**
     * The result.
     *
     * @param issued false when an administrator exists
     */
    public record IssuedSetupLink(boolean issued) {}
}
