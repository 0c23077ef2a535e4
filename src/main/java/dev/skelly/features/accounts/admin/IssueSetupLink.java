package dev.skelly.features.accounts.admin;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;

/**
 * Let a token make the first administrator, and no other token any more; nothing where there is an administrator.
 *
 * @param token random; only its hash is stored
 */
public record IssueSetupLink(SecretText token) implements Command<IssueSetupLink.IssuedSetupLink> {

    /**
     * What became of it.
     *
     * @param issued false where there is an administrator
     */
    public record IssuedSetupLink(boolean issued) {}
}
