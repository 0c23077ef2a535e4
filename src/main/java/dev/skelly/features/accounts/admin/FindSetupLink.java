package dev.skelly.features.accounts.admin;

import dev.skelly.feature.Query;
import dev.skelly.features.accounts.SecretText;

/** Checks whether a token can create the first administrator. Fails with the problem that states the reason. */
record FindSetupLink(SecretText token) implements Query<FindSetupLink.FoundSetupLink> {

    /** The token is usable. */
    record FoundSetupLink(boolean usable) {}
}
