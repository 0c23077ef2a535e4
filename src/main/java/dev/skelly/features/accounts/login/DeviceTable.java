package dev.skelly.features.accounts.login;

import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.SecretText;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** The SQL of table {@code device}. */
public final class DeviceTable {

    /** The maximum number of browsers remembered per account. */
    public static final int KEPT_MAX = 20;

    /* Does the same work for an address without an account. */
    private static final String KNOWN = """
            select exists (
              select
              from device d
              join account a on a.id = d.account
              where a.email_key = $1 and d.digest = $2
            )
            """;

    private static final String OF_ACCOUNT = "select exists (select from device where account = $1 and digest = $2)";

    private static final String REMEMBER = """
            insert into device (account, digest, used_at)
            values ($1, $2, $3)
            on conflict (account, digest) do update set used_at = excluded.used_at
            """;

    private static final String TRIM = """
            delete from device
            where account = $1 and digest not in (select digest from device where account = $1 order by used_at desc limit $2)
            """;

    private static final String FORGET = "delete from device where account = $1";

    private static final String COUNT = "select count(*) from device where account = $1";

    private DeviceTable() {}

    /** Tells whether a login to the account of this address has succeeded in this browser before. */
    public static Future<Boolean> known(SqlClient sql, EmailAddress email, SecretText device) {
        return sql.preparedQuery(KNOWN)
                .execute(Tuple.of(email.key(), device.digest()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Tells whether a browser is remembered for an account. */
    public static Future<Boolean> known(SqlClient sql, UUID account, SecretText device) {
        return sql.preparedQuery(OF_ACCOUNT)
                .execute(Tuple.of(account, device.digest()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Remembers a browser. Beyond {@link #KEPT_MAX}, deletes the one unused for longest. */
    public static Future<Void> remember(SqlClient sql, UUID account, SecretText device, Instant now) {
        return sql.preparedQuery(REMEMBER)
                .execute(Tuple.of(account, device.digest(), now.atOffset(ZoneOffset.UTC)))
                .compose(done -> sql.preparedQuery(TRIM).execute(Tuple.of(account, KEPT_MAX)))
                .mapEmpty();
    }

    /** Deletes all browsers of an account. */
    public static Future<Void> forget(SqlClient sql, UUID account) {
        return sql.preparedQuery(FORGET).execute(Tuple.of(account)).mapEmpty();
    }

    public static Future<Long> count(SqlClient sql, UUID account) {
        return sql.preparedQuery(COUNT)
                .execute(Tuple.of(account))
                .map(rows -> rows.iterator().next().getLong(0));
    }
}
