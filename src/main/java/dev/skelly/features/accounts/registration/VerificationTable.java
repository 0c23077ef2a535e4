package dev.skelly.features.accounts.registration;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** The SQL of table {@code verification}. */
public final class VerificationTable {

    private static final String INSERT = """
            insert into verification (token_hash, account, expires_at)
            select $1, id, $3
            from account
            where id = $2
            for key share
            on conflict (token_hash) do nothing
            """;

    private static final String FIND = "select account from verification where token_hash = $1 and expires_at > $2";

    private static final String CLEAR = """
            delete from verification
            where token_hash in (select token_hash from verification where expires_at <= $1 limit 100 for update skip locked)
            """;

    private static final String FORGET = "delete from verification where account = $1";

    private VerificationTable() {}

    /** Stores a token. Does nothing when the account no longer exists. */
    public static Future<Void> insert(SqlClient sql, Buffer tokenHash, UUID account, Instant expiresAt) {
        return sql.preparedQuery(INSERT)
                .execute(Tuple.of(tokenHash, account, expiresAt.atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }

    /** Returns the account of a token; empty when it is unknown or expired. */
    public static Future<Optional<UUID>> find(SqlClient sql, Buffer tokenHash, Instant now) {
        return sql.preparedQuery(FIND)
                .execute(Tuple.of(tokenHash, now.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.stream().findFirst().map(row -> row.getUUID("account")));
    }

    /** Deletes some expired rows. */
    public static Future<Void> clear(SqlClient sql, Instant now) {
        return sql.preparedQuery(CLEAR)
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }

    /** Voids an account's links. */
    public static Future<Void> forget(SqlClient sql, UUID account) {
        return sql.preparedQuery(FORGET).execute(Tuple.of(account)).mapEmpty();
    }
}
