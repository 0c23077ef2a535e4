package dev.skelly.features.accounts.admin;

import dev.skelly.event.Audience;
import dev.skelly.feature.EntityTag;
import dev.skelly.feature.Problem;
import dev.skelly.features.accounts.Account;
import dev.skelly.features.accounts.AccountTable;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.Set;
import java.util.UUID;

/**
 * The administrators who can log in. Once there is one, there is always one: each change that may remove one locks all of them first, so
 * that two transactions cannot remove each other's.
 *
 * @param locked their ids, locked until the transaction ends; empty when they were not read
 */
public record Administrators(Set<UUID> locked) {

    /** For changes that remove no administrator. */
    static final Administrators UNASKED = new Administrators(Set.of());

    /** Copies the ids. */
    public Administrators {
        locked = Set.copyOf(locked);
    }

    /** Locks the administrators. Must be called before the row of the account itself is locked. */
    static Future<Administrators> lock(SqlClient sql) {
        return AccountTable.lockAdministrators(sql).map(Administrators::new);
    }

    /** Locks the administrators if the account is one. An erasure of another account need not read all accounts. */
    public static Future<Administrators> lockIfOne(SqlClient sql, UUID account) {
        return AccountTable.find(sql, account)
                .compose(found -> found.filter(Administrators::is)
                        .map(one -> lock(sql))
                        .orElseGet(() -> Future.succeededFuture(UNASKED)));
    }

    private static boolean is(Account account) {
        return account.roles().contains(Audience.ADMIN) && !account.disabled();
    }

    /**
     * Rejects the removal of the only administrator.
     *
     * @param account as read under its lock; returned unchanged
     * @throws Problem 409 {@code last-administrator}; 412 when the account became an administrator while they were not locked
     */
    public Account requireOthersThan(Account account) {
        if (locked.equals(Set.of(account.id()))) {
            throw Problem.conflict("last-administrator", "this is the only administrator who can sign in");
        }
        if (is(account) && !locked.contains(account.id())) {
            throw EntityTag.stale();
        }
        return account;
    }
}
