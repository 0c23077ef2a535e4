package dev.skelly.features.accounts.mail;

import dev.skelly.features.accounts.EmailAddress;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of table {@code letter_request}. */
public final class MailRequestTable {

    /* Runs one statement and writes one row, whether or not the address has an account. */
    private static final String INSERT = """
            insert into letter_request (id, kind, account, asked_at)
            values ($1, $2, (select id from account where email_key = $3 and not disabled), $4)
            """;

    private static final String FIND = """
            select account,
              (
                select count(*)
                from letter_request earlier
                where earlier.account = request.account and earlier.kind = request.kind
                  and earlier.asked_at > $2 and earlier.asked_at <= request.asked_at and earlier.id <= request.id
              ) as lately
            from letter_request request
            where id = $1
            """;

    private static final String CLEAR = """
            delete from letter_request
            where id in (select id from letter_request where asked_at <= $1 limit 100 for update skip locked)
            """;

    private static final String ERASE = "delete from letter_request where account = $1";

    private MailRequestTable() {}

    /**
     * A request.
     *
     * @param account the account of the address; null without one
     * @param lately the number of requests of its kind for the account since a time, including this one
     */
    record StoredMailRequest(@Nullable UUID account, long lately) {}

    static Future<Void> insert(SqlClient sql, RequestMail request, EmailAddress email, Instant now) {
        return sql.preparedQuery(INSERT)
                .execute(Tuple.of(request.id(), request.kind().name(), email.key(), utc(now)))
                .mapEmpty();
    }

    static Future<Optional<StoredMailRequest>> find(SqlClient sql, UUID id, Instant since) {
        return sql.preparedQuery(FIND)
                .execute(Tuple.of(id, utc(since)))
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new StoredMailRequest(row.getUUID("account"), row.getLong("lately"))));
    }

    /** Deletes some requests that were answered long ago. */
    static Future<Void> clear(SqlClient sql, Instant before) {
        return sql.preparedQuery(CLEAR).execute(Tuple.of(utc(before))).mapEmpty();
    }

    public static Future<Void> erase(SqlClient sql, UUID account) {
        return sql.preparedQuery(ERASE).execute(Tuple.of(account)).mapEmpty();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
