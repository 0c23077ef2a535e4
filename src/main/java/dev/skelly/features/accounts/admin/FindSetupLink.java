package dev.skelly.features.accounts.admin;

import dev.skelly.feature.Query;
import dev.skelly.features.accounts.SecretText;

/** Can this token make the first administrator? Fails with the problem that says why not. */
record FindSetupLink(SecretText token) implements Query<FindSetupLink.FoundSetupLink> {

    /** It can. */
    record FoundSetupLink(boolean usable) {}
}
