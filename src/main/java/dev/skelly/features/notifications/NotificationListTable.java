package dev.skelly.features.notifications;

import dev.skelly.features.notifications.ListNotifications.Selected;
import dev.skelly.features.notifications.NotificationChange.State;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL by which people read and change their notifications. */
final class NotificationListTable {

    /* One statement, so that the counts are those of the rows. A person has at most as many rows as a setting allows. */
    private static final String PAGE = """
            select coalesce(c.total, 0) as total, coalesce(c.unread, 0) as unread, coalesce(c.unseen, 0) as unseen, n.*
            from (values (1)) one
            left join notification_count c on c.account = $1
            left join lateral (
              select id, kind, title, body, link, data::text as data, count, created_at, updated_at, seen_at, read_at, archived_at
              from notification
              where account = $1 and in_app and %s and ($2::uuid is null or id %s $2)
              order by id %s
              limit $3
            ) n on true
            order by n.id %s
            """;

    private static final String OWNED =
            "select count(*) as owned from notification where account = $1 and in_app and id = any ($2)";

    private static final String CHANGE = """
            update notification
            set %s
            where account = $1 and in_app and (id = any ($2) or ($3 and archived_at is null)) and ($4::timestamptz is not null) and %s
            returning id
            """;

    private NotificationListTable() {}

    static Future<NotificationPage> page(SqlClient sql, ListNotifications query) {
        var order = query.ascending() ? "asc" : "desc";
        return sql.preparedQuery(PAGE.formatted(condition(query.state()), query.ascending() ? ">" : "<", order, order))
                .execute(Tuple.tuple()
                        .addUUID(query.account())
                        .addUUID(query.after())
                        .addInteger(query.limit() + 1))
                .map(rows -> page(rows, query.limit()));
    }

    private static String condition(@Nullable Selected state) {
        if (state == null) {
            return "archived_at is null";
        }
        return switch (state) {
            case UNREAD -> "archived_at is null and read_at is null";
            case UNSEEN -> "archived_at is null and seen_at is null";
            case ARCHIVED -> "archived_at is not null";
        };
    }

    private static NotificationPage page(RowSet<Row> rows, int limit) {
        var counts = NotificationCounts.NONE;
        var items = new ArrayList<Notification>();
        for (var row : rows) {
            counts = NotificationCountTable.counts(row);
            if (row.getUUID("id") != null) {
                items.add(NotificationTable.notification(row));
            }
        }
        return items.size() <= limit
                ? new NotificationPage(items, counts, null)
                : new NotificationPage(
                        List.copyOf(items.subList(0, limit)),
                        counts,
                        items.get(limit - 1).id().toString());
    }

    /** Returns how many of these notifications a person has. */
    static Future<Long> owned(SqlClient sql, UUID account, List<UUID> ids) {
        return sql.preparedQuery(OWNED)
                .execute(Tuple.tuple().addUUID(account).addArrayOfUUID(ids.toArray(UUID[]::new)))
                .map(rows -> rows.iterator().next().getLong("owned"));
    }

    /** Changes the state of a person's notifications, and returns those that were in another one. */
    static Future<List<UUID>> change(SqlClient sql, NotificationChange change, Instant now) {
        return sql.preparedQuery(CHANGE.formatted(assignments(change.state()), another(change.state())))
                .execute(Tuple.tuple()
                        .addUUID(change.account())
                        .addArrayOfUUID(change.ids().toArray(UUID[]::new))
                        .addBoolean(change.all())
                        .addOffsetDateTime(NotificationTable.utc(now)))
                .map(rows -> rows.stream().map(row -> row.getUUID("id")).toList());
    }

    private static String assignments(State state) {
        return switch (state) {
            case UNREAD -> "read_at = null, archived_at = null";
            case SEEN -> "seen_at = $4";
            case READ -> "seen_at = coalesce(seen_at, $4), read_at = $4, open_key = null";
            case ARCHIVED ->
                "seen_at = coalesce(seen_at, $4), read_at = coalesce(read_at, $4), archived_at = $4, open_key = null, due_at = null";
        };
    }

    private static String another(State state) {
        return switch (state) {
            case UNREAD -> "(read_at is not null or archived_at is not null)";
            case SEEN -> "seen_at is null";
            case READ -> "read_at is null";
            case ARCHIVED -> "archived_at is null";
        };
    }
}
