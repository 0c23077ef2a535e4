package dev.skelly.features.accounts.erasure;

import dev.skelly.feature.Query;
import java.util.List;
import java.util.UUID;

/** Finds those of these accounts that exist. */
record FindErasable(List<UUID> accounts) implements Query<FindErasable.ErasableAccounts> {

    /** The existing ones. */
    record ErasableAccounts(List<UUID> accounts) {}
}
