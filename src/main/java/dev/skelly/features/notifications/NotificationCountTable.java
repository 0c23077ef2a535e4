package dev.skelly.features.notifications;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The SQL of table {@code notification_count}. */
final class NotificationCountTable {

    private static final String CREATE = """
            insert into notification_count (account)
            select account
            from unnest($1::uuid[]) as wanted (account)
            order by account
            on conflict (account) do nothing
            """;

    private static final String LOCK = """
            select account, erased
            from notification_count
            where account = any ($1)
            order by account
            for update
            """;

    private static final String REFRESH = """
            update notification_count c
            set stored = s.stored, total = s.total, unread = s.unread, unseen = s.unseen
            from (
              select wanted.account, count(n.id) as stored,
                count(*) filter (where n.in_app and n.archived_at is null) as total,
                count(*) filter (where n.in_app and n.archived_at is null and n.read_at is null) as unread,
                count(*) filter (where n.in_app and n.archived_at is null and n.seen_at is null) as unseen
              from unnest($1::uuid[]) as wanted (account)
              left join notification n on n.account = wanted.account
              group by wanted.account
            ) s
            where c.account = s.account
            returning c.account, c.stored, c.total, c.unread, c.unseen
            """;

    private static final String ERASE = """
            insert into notification_count (account, erased)
            values ($1, true)
            on conflict (account) do update set erased = true, stored = 0, total = 0, unread = 0, unseen = 0
            """;

    private NotificationCountTable() {}

    /**
     * The counts of a person.
     *
     * @param stored all rows, also archived ones and those for mails only
     */
    record StoredCounts(int stored, NotificationCounts counts) {}

    /** Locks the counts of people until the transaction ends, and returns those who are not erased. */
    static Future<Set<UUID>> lock(SqlClient sql, Collection<UUID> accounts) {
        var wanted = Tuple.tuple().addArrayOfUUID(accounts.toArray(UUID[]::new));
        return sql.preparedQuery(CREATE)
                .execute(wanted)
                .compose(created -> sql.preparedQuery(LOCK).execute(wanted))
                .map(rows -> rows.stream()
                        .filter(row -> !row.getBoolean("erased"))
                        .map(row -> row.getUUID("account"))
                        .collect(Collectors.toSet()));
    }

    /** Counts the rows of people whose counts are locked. */
    static Future<Map<UUID, StoredCounts>> refresh(SqlClient sql, Collection<UUID> accounts) {
        return sql.preparedQuery(REFRESH)
                .execute(Tuple.tuple().addArrayOfUUID(accounts.toArray(UUID[]::new)))
                .map(rows -> rows.stream()
                        .collect(Collectors.toMap(
                                row -> row.getUUID("account"),
                                row -> new StoredCounts(row.getInteger("stored"), counts(row)))));
    }

    /** Reads the counts of a row. */
    static NotificationCounts counts(Row row) {
        return new NotificationCounts(row.getInteger("total"), row.getInteger("unread"), row.getInteger("unseen"));
    }

    /** Marks a person as erased. */
    static Future<Void> erase(SqlClient sql, UUID account) {
        return sql.preparedQuery(ERASE).execute(Tuple.of(account)).mapEmpty();
    }
}
