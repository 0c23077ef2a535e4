package dev.skelly.features.accounts.email;

import dev.skelly.features.accounts.EmailAddress;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** The SQL of tables {@code email_change} and {@code email_change_token}. */
public final class EmailChangeTable {

    private static final String INSERT = """
            insert into email_change (id, account, email, email_key, former, expires_at)
            select $1, id, $3, $4, email, $5
            from account
            where id = $2
            """;

    private static final String FIND =
            "select id, account, email from email_change where id = $1 and expires_at > $2 and done_at is null";

    private static final String BY_TOKEN = """
            select c.id, c.account, c.email
            from email_change c
            join email_change_token t on t.email_change = c.id
            where t.token_hash = $1 and c.expires_at > $2 and c.done_at is null
            """;

    private static final String LOCK = BY_TOKEN + "for update of c";

    private static final String INSERT_TOKEN = """
            insert into email_change_token (token_hash, email_change)
            select $1, id
            from email_change
            where id = $2
            """;

    private static final String DONE = "update email_change set done_at = $2 where id = $1";

    private static final String FORMER = "select account, former from email_change where id = $1";

    private static final String CLEAR = """
            delete from email_change
            where id in (select id from email_change where expires_at <= $1 limit 100 for update skip locked)
            """;

    private static final String FORGET = "delete from email_change where account = $1 and done_at is null";

    private static final String WISHED = "select email from email_change where account = $1 and done_at is null";

    private EmailChangeTable() {}

    /** A requested change. */
    record PendingEmailChange(UUID id, UUID account, EmailAddress email) {}

    /** Stores a change, replacing an earlier one of the account. */
    static Future<Void> put(SqlClient sql, PendingEmailChange change, Instant expiresAt) {
        return forget(sql, change.account())
                .compose(done -> sql.preparedQuery(INSERT)
                        .execute(Tuple.of(
                                change.id(),
                                change.account(),
                                change.email().text(),
                                change.email().key(),
                                utc(expiresAt))))
                .mapEmpty();
    }

    static Future<Optional<PendingEmailChange>> find(SqlClient sql, UUID id, Instant now) {
        return sql.preparedQuery(FIND).execute(Tuple.of(id, utc(now))).map(EmailChangeTable::first);
    }

    /** Returns the change to which a token belongs. */
    static Future<Optional<PendingEmailChange>> find(SqlClient sql, Buffer tokenHash, Instant now) {
        return sql.preparedQuery(BY_TOKEN)
                .execute(Tuple.of(tokenHash, utc(now)))
                .map(EmailChangeTable::first);
    }

    /** Returns the change to which a token belongs, locked; the second of two concurrent uses finds nothing. */
    static Future<Optional<PendingEmailChange>> lock(SqlClient sql, Buffer tokenHash, Instant now) {
        return sql.preparedQuery(LOCK).execute(Tuple.of(tokenHash, utc(now))).map(EmailChangeTable::first);
    }

    /** Stores a token. Does nothing when the change was withdrawn. */
    static Future<Void> insertToken(SqlClient sql, Buffer tokenHash, UUID change) {
        return sql.preparedQuery(INSERT_TOKEN)
                .execute(Tuple.of(tokenHash, change))
                .mapEmpty();
    }

    /** Marks a change as made. The row stays until it is cleared. */
    static Future<Void> done(SqlClient sql, UUID id, Instant now) {
        return sql.preparedQuery(DONE).execute(Tuple.of(id, utc(now))).mapEmpty();
    }

    /** Returns the address that the account had when the change was requested. */
    static Future<FindFormerEmail.FormerEmail> former(SqlClient sql, UUID id) {
        return sql.preparedQuery(FORMER)
                .execute(Tuple.of(id))
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new FindFormerEmail.FormerEmail(row.getUUID("account"), row.getString("former")))
                        .orElse(FindFormerEmail.FormerEmail.NONE));
    }

    /** Deletes some rows that ended before a time. */
    static Future<Void> clear(SqlClient sql, Instant before) {
        return sql.preparedQuery(CLEAR).execute(Tuple.of(utc(before))).mapEmpty();
    }

    /** Withdraws the pending change. */
    public static Future<Void> forget(SqlClient sql, UUID account) {
        return sql.preparedQuery(FORGET).execute(Tuple.of(account)).mapEmpty();
    }

    private static Optional<PendingEmailChange> first(RowSet<Row> rows) {
        return rows.stream()
                .findFirst()
                .map(row -> new PendingEmailChange(
                        row.getUUID("id"), row.getUUID("account"), new EmailAddress(row.getString("email"))));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** Returns the address that is pending for an account. */
    public static Future<Optional<String>> pendingEmail(SqlClient sql, UUID account) {
        return sql.preparedQuery(WISHED)
                .execute(Tuple.of(account))
                .map(rows -> rows.stream().findFirst().map(row -> row.getString("email")));
    }
}
