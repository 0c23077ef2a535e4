package dev.skelly.features.accounts.mail;

import dev.skelly.event.Sha256;
import dev.skelly.features.accounts.EmailAddress;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** The SQL of table {@code mailbox_mail}. */
final class MailboxTable {

    /* Without a lock: counted mails stay counted, so a mailbox that has had too many needs none, and a flood to it blocks no connection. */
    private static final String LOOK = """
            select exists (select from mailbox_mail where id = $1) as known,
              (select count(*) from mailbox_mail where mailbox = $2 and notice = $3 and sent_at > $4) as lately
            """;

    /* The lock lets one transaction at a time count the mails of a mailbox; the next statement sees those of the one before. */
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(encode($1::bytea, 'hex'), 0))";

    private static final String INSERT = """
            insert into mailbox_mail (id, mailbox, notice, sent_at)
            select $1, $2, $3, $4
            where (
              select count(*)
              from mailbox_mail earlier
              where earlier.mailbox = $2 and earlier.notice = $3 and earlier.sent_at > $5
            ) < $6
            on conflict (id) do nothing
            """;

    private static final String FIND = "select exists (select from mailbox_mail where id = $1)";

    private static final String CLEAR = """
            delete from mailbox_mail
            where id in (select id from mailbox_mail where sent_at <= $1 limit $2 for update skip locked)
            """;

    private MailboxTable() {}

    /**
     * Counts a mail, unless the mailbox has had {@code most} of its kind.
     *
     * @param since the time from which mails count
     * @return whether it is counted, by this call or an earlier one
     */
    static Future<Boolean> admit(SqlClient sql, AdmitMail mail, Instant now, Instant since, int most) {
        var mailbox =
                Buffer.buffer(Sha256.of(new EmailAddress(mail.email()).mailbox().getBytes(StandardCharsets.UTF_8)));
        return sql.preparedQuery(LOOK)
                .execute(Tuple.of(mail.mail(), mailbox, mail.notice(), utc(since)))
                .map(rows -> rows.iterator().next())
                .compose(seen -> {
                    var known = seen.getBoolean("known");
                    return known || seen.getLong("lately") >= most
                            ? Future.succeededFuture(known)
                            : count(
                                    sql,
                                    mailbox,
                                    Tuple.of(mail.mail(), mailbox, mail.notice(), utc(now), utc(since), (long) most));
                });
    }

    private static Future<Boolean> count(SqlClient sql, Buffer mailbox, Tuple row) {
        return sql.preparedQuery(LOCK)
                .execute(Tuple.of(mailbox))
                .compose(locked -> sql.preparedQuery(INSERT).execute(row))
                .compose(counted -> sql.preparedQuery(FIND).execute(Tuple.of(row.getUUID(0))))
                .map(found -> found.iterator().next().getBoolean(0));
    }

    /** Deletes at most {@code rowsMax} rows up to a time. */
    static Future<Void> clear(SqlClient sql, Instant until, int rowsMax) {
        return sql.preparedQuery(CLEAR).execute(Tuple.of(utc(until), rowsMax)).mapEmpty();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
