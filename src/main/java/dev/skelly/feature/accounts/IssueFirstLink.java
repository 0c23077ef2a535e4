package dev.skelly.feature.accounts;

import dev.skelly.feature.Command;

/**
 * Let a token make the first administrator, and no other token any more; nothing where there is an administrator.
 *
 * @param token random; only its hash is stored
 */
record IssueFirstLink(Secret token) implements Command<IssueFirstLink.Answer> {

    /**
     * What became of it.
     *
     * @param issued false where there is an administrator
     */
    record Answer(boolean issued) {}
}
