package dev.skelly.features.accounts.login;

import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.SecretText;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of table {@code device}. */
public final class DeviceTable {

    /** The maximum number of browsers remembered per account. */
    public static final int KEPT_MAX = 20;

    private static final Duration TOLD_PERIOD = Duration.ofDays(1);

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

    private static final String NEW = """
            select exists (select from device where account = $1 and logged_in)
              and not exists (select from device where account = $1 and (digest = $2 or client = $3))
              and (select count(*) from device where account = $1 and told_at > $4) < $5
            """;

    private static final String REMEMBER = """
            insert into device (account, digest, used_at, client, logged_in, told_at)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (account, digest) do update
            set used_at = excluded.used_at, client = excluded.client, logged_in = device.logged_in or excluded.logged_in
            """;

    /* Those that a mail was about lately stay, because they are counted. */
    private static final String TRIM = """
            delete from device
            where account = $1 and digest not in (select digest from device where account = $1 order by used_at desc limit $2)
              and (told_at is null or told_at <= $3)
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

    /** Remembers a browser that registered an account and has not logged in. */
    public static Future<Void> registered(SqlClient sql, LoginDevice device, Instant now) {
        return remember(sql, device, false, null, now);
    }

    /**
     * Remembers a device that logged in. Beyond {@link #KEPT_MAX}, deletes the one unused for longest.
     *
     * @param toldMax devices in a day of which the person is told
     * @return whether the person is to be told: other devices have logged in before, and this one has not
     */
    public static Future<Boolean> loggedIn(SqlClient sql, LoginDevice device, int toldMax, Instant now) {
        var row = Tuple.tuple()
                .addUUID(device.account())
                .addBuffer(device.secret().digest())
                .addBuffer(device.client())
                .addOffsetDateTime(utc(now.minus(TOLD_PERIOD)))
                .addInteger(toldMax);
        return sql.preparedQuery(NEW)
                .execute(row)
                .map(rows -> rows.iterator().next().getBoolean(0))
                .compose(fresh ->
                        remember(sql, device, true, fresh ? now : null, now).map(fresh));
    }

    private static Future<Void> remember(
            SqlClient sql, LoginDevice device, boolean loggedIn, @Nullable Instant toldAt, Instant now) {
        var row = Tuple.tuple()
                .addUUID(device.account())
                .addBuffer(device.secret().digest())
                .addOffsetDateTime(utc(now))
                .addBuffer(device.client())
                .addBoolean(loggedIn)
                .addOffsetDateTime(toldAt == null ? null : utc(toldAt));
        return sql.preparedQuery(REMEMBER)
                .execute(row)
                .compose(done -> sql.preparedQuery(TRIM)
                        .execute(Tuple.of(device.account(), KEPT_MAX, utc(now.minus(TOLD_PERIOD)))))
                .mapEmpty();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
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
