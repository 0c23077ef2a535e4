package dev.skelly.features.accounts.erasure;

import dev.skelly.feature.Query;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds accounts that {@link EraseUnverified} would erase.
 *
 * @param createdBefore accounts from this time on are left out
 * @param after the last account of the page before; null for the first page
 */
record FindUnverified(Instant createdBefore, @Nullable UUID after) implements Query<FindUnverified.UnverifiedPage> {

    /** The most accounts of a page. */
    static final int PAGE = 200;

    /** A page of accounts in the order of their ids; the last page is empty. */
    record UnverifiedPage(List<UUID> accounts) {}
}
