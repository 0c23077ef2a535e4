package dev.skelly.features.notifications;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** The SQL of what table {@code notification} has of one person. */
final class PersonalNotificationTable {

    /* At most as many as a setting allows for a person. */
    private static final String ALL = """
            select id, kind, title, body, link, data::text as data, count, created_at, updated_at, seen_at, read_at, archived_at
            from notification
            where account = $1
            order by id
            """;

    private static final String CONCERNED =
            "select distinct account from notification where about = $1 and account <> $1";

    private static final String DELETE = "delete from notification where account = $1 or about = $1";

    private PersonalNotificationTable() {}

    static Future<List<Notification>> all(SqlClient sql, UUID account) {
        return sql.preparedQuery(ALL)
                .execute(Tuple.of(account))
                .map(rows -> rows.stream().map(NotificationTable::notification).toList());
    }

    /** Returns the others who have a notification about a person. */
    static Future<List<UUID>> concerned(SqlClient sql, UUID account) {
        return sql.preparedQuery(CONCERNED)
                .execute(Tuple.of(account))
                .map(rows -> rows.stream().map(row -> row.getUUID("account")).toList());
    }

    /** Deletes a person's notifications, and those about the person. */
    static Future<Void> delete(SqlClient sql, UUID account) {
        return sql.preparedQuery(DELETE).execute(Tuple.of(account)).mapEmpty();
    }
}
