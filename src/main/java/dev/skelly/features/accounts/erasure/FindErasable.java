package dev.skelly.features.accounts.erasure;

import dev.skelly.feature.Query;
import java.util.List;
import java.util.UUID;

/** Which of these accounts are there? */
record FindErasable(List<UUID> accounts) implements Query<FindErasable.ErasableAccounts> {

    /** Those that are. */
    record ErasableAccounts(List<UUID> accounts) {}
}
