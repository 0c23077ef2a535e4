package dev.skelly.feature.accounts;

import dev.skelly.feature.Query;

/** Can this token make the first administrator? Fails with the problem that says why not. */
record FindFirstLink(Secret token) implements Query<FindFirstLink.Answer> {

    /** It can. */
    record Answer(boolean usable) {}
}
