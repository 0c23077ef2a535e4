package dev.skelly.features.notifications;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The SQL of what happens to table {@code notification} by time: digests end, mails go out, old rows are deleted. */
final class DigestTable {

    private static final String DUE =
            "select distinct account from notification where due_at <= $1 order by account limit $2";

    private static final String CLOSE = """
            update notification n
            set due_at = null, open_key = null,
              mail_batch = case when n.mail and n.read_at is null and n.archived_at is null then ended.batch else n.mail_batch end
            from unnest($1::uuid[], $2::uuid[]) as ended (account, batch)
            where n.account = ended.account and n.due_at <= $3
            returning n.account, n.mail_batch = ended.batch as mailed
            """;

    private static final String MAIL = """
            select kind, title, body, link, count(*) over () as total
            from notification
            where mail_batch = $1 and account = $2 and read_at is null and archived_at is null
            order by id
            limit $3
            """;

    private static final String OLD = """
            select distinct account
            from (select account from notification where created_at < $1 order by created_at limit $2) oldest
            """;

    private static final String DELETE = "delete from notification where account = any ($1) and created_at < $2";

    private DigestTable() {}

    /** Finds people with a digest that is over. */
    static Future<List<UUID>> due(SqlClient sql, Instant now, int peopleMax) {
        return sql.preparedQuery(DUE)
                .execute(Tuple.of(NotificationTable.utc(now), peopleMax))
                .map(rows -> rows.stream().map(row -> row.getUUID("account")).toList());
    }

    /**
     * Ends the digests of people whose counts are locked.
     *
     * @param mails the mail of each person
     * @return the mails that name a notification
     */
    static Future<Map<UUID, UUID>> close(SqlClient sql, Map<UUID, UUID> mails, Instant now) {
        var accounts = mails.keySet().toArray(UUID[]::new);
        var batches = mails.values().toArray(UUID[]::new);
        return sql.preparedQuery(CLOSE)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(accounts)
                        .addArrayOfUUID(batches)
                        .addOffsetDateTime(NotificationTable.utc(now)))
                .map(rows -> {
                    var named = new HashMap<UUID, UUID>();
                    for (var row : rows) {
                        var account = row.getUUID("account");
                        var mail = mails.get(account);
                        if (Boolean.TRUE.equals(row.getBoolean("mailed")) && mail != null) {
                            named.put(account, mail);
                        }
                    }
                    return named;
                });
    }

    static Future<FindMail.FoundMail> mail(SqlClient sql, FindMail query) {
        return sql.preparedQuery(MAIL)
                .execute(Tuple.of(query.batch(), query.account(), query.limit()))
                .map(rows -> new FindMail.FoundMail(
                        rows.stream()
                                .map(row -> new FindMail.MailItem(
                                        row.getString("kind"),
                                        row.getString("title"),
                                        row.getString("body"),
                                        row.getString("link")))
                                .toList(),
                        rows.stream()
                                .findFirst()
                                .map(row -> row.getLong("total"))
                                .orElse(0L)));
    }

    /** Finds people with the oldest notifications before a time. */
    static Future<List<UUID>> old(SqlClient sql, Instant before, int rowsMax) {
        return sql.preparedQuery(OLD)
                .execute(Tuple.of(NotificationTable.utc(before), rowsMax))
                .map(rows -> rows.stream().map(row -> row.getUUID("account")).toList());
    }

    /** Deletes those of people whose counts are locked. */
    static Future<Void> delete(SqlClient sql, List<UUID> accounts, Instant before) {
        return sql.preparedQuery(DELETE)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(accounts.toArray(UUID[]::new))
                        .addOffsetDateTime(NotificationTable.utc(before)))
                .mapEmpty();
    }
}
