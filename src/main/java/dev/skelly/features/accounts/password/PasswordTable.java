package dev.skelly.features.accounts.password;

import dev.skelly.features.accounts.SecretText;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** The SQL of table {@code password_reset}, and of the password hash in {@code account}. */
public final class PasswordTable {

    private static final String INSERT = """
            insert into password_reset (token_hash, account, expires_at)
            select $1, id, $3
            from account
            where id = $2
            for key share
            on conflict (token_hash) do nothing
            """;

    private static final String FIND = "select account from password_reset where token_hash = $1 and expires_at > $2";

    private static final String OWNER = """
            select a.email, a.name
            from password_reset r
            join account a on a.id = r.account
            where r.token_hash = $1 and r.expires_at > $2
            """;

    private static final String TAKE =
            "delete from password_reset where token_hash = $1 and expires_at > $2 returning account";

    private static final String FORGET = "delete from password_reset where account = $1";

    private static final String CLEAR = """
            delete from password_reset
            where token_hash in (select token_hash from password_reset where expires_at <= $1 limit 100 for update skip locked)
            """;

    private static final String SET = "update account set password_hash = $2 where id = $1";

    private static final String CHANGE = "update account set password_hash = $3 where id = $1 and password_hash = $2";

    private PasswordTable() {}

    /** Stores a token. Does nothing when the account no longer exists. */
    static Future<Void> insert(SqlClient sql, Buffer tokenHash, UUID account, Instant expiresAt) {
        return sql.preparedQuery(INSERT)
                .execute(Tuple.of(tokenHash, account, expiresAt.atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }

    /** Returns the account of a token. */
    static Future<Optional<UUID>> find(SqlClient sql, Buffer tokenHash, Instant now) {
        return sql.preparedQuery(FIND)
                .execute(Tuple.of(tokenHash, now.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.stream().findFirst().map(row -> row.getUUID("account")));
    }

    /** Returns what the password of a token's account must not be made of. */
    static Future<Optional<PasswordOwner>> owner(SqlClient sql, Buffer tokenHash, Instant now) {
        return sql.preparedQuery(OWNER)
                .execute(Tuple.of(tokenHash, now.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new PasswordOwner(row.getString("email"), row.getString("name"))));
    }

    /** Uses up a token and returns its account. Of several uses exactly one succeeds. */
    static Future<Optional<UUID>> take(SqlClient sql, Buffer tokenHash, Instant now) {
        return sql.preparedQuery(TAKE)
                .execute(Tuple.of(tokenHash, now.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.stream().findFirst().map(row -> row.getUUID("account")));
    }

    /** Voids all other links of an account. */
    public static Future<Void> forget(SqlClient sql, UUID account) {
        return sql.preparedQuery(FORGET).execute(Tuple.of(account)).mapEmpty();
    }

    /** Deletes some expired rows. */
    static Future<Void> clear(SqlClient sql, Instant now) {
        return sql.preparedQuery(CLEAR)
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }

    static Future<Void> set(SqlClient sql, UUID account, SecretText hash) {
        return sql.preparedQuery(SET).execute(Tuple.of(account, hash.reveal())).mapEmpty();
    }

    /** Changes the hash. Returns false when the stored hash is no longer the one that was read. */
    static Future<Boolean> change(SqlClient sql, UUID account, SecretText seenHash, SecretText newHash) {
        return sql.preparedQuery(CHANGE)
                .execute(Tuple.of(account, seenHash.reveal(), newHash.reveal()))
                .map(rows -> rows.rowCount() == 1);
    }
}
