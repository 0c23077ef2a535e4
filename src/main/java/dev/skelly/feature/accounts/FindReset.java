package dev.skelly.feature.accounts;

import dev.skelly.feature.Query;

/** Would this token set a password? Asked before one is hashed, because hashing is dear and guessing is cheap. */
record FindReset(Secret token) implements Query<FindReset.Answer> {

    /**
     * Whether it would.
     *
     * @param known whether it was issued lately and not used
     */
    record Answer(boolean known) {}
}
