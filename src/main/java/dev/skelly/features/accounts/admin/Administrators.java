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
 * Those who can sign in and administer. Once there is one there is always one: whatever may take one away first locks all of them, so that
 * two cannot take each other.
 *
 * @param locked who they are, until the transaction ends; empty where nobody asked
 */
public record Administrators(Set<UUID> locked) {

    /** Nobody is to be taken away. */
    static final Administrators UNASKED = new Administrators(Set.of());

    /** Keeps its own copy. */
    public Administrators {
        locked = Set.copyOf(locked);
    }

    /** To be called before the row of the account itself is locked. */
    static Future<Administrators> lock(SqlClient sql) {
        return AccountTable.lockAdministrators(sql).map(Administrators::new);
    }

    /** Locks them where the account is one: an erasure of anybody else does not have to look through all accounts. */
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
     * Refuses to take the only one.
     *
     * @param account as it is under its lock; answered again
     * @throws Problem 409 {@code last-administrator}; 412 when it became one while nobody had locked them
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
