package dev.skelly.features.notifications;

import dev.skelly.eventlog.Tx;
import dev.skelly.feature.PersonalData;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Exports and erases notifications: a person's own, and those of others that are about the person. */
final class NotificationPersonalData implements PersonalData {

    @Override
    public Future<Void> erase(Tx tx, UUID account) {
        var sql = tx.sql();
        return PersonalNotificationTable.concerned(sql, account).compose(others -> {
            var locked = new HashSet<>(others);
            locked.add(account);
            return NotificationCountTable.lock(sql, locked)
                    .compose(present -> PersonalNotificationTable.delete(sql, account))
                    .compose(done -> NotificationCountTable.refresh(sql, others))
                    .compose(done -> NotificationCountTable.erase(sql, account));
        });
    }

    @Override
    public Future<Map<String, Object>> export(SqlClient sql, UUID account) {
        return PersonalNotificationTable.all(sql, account)
                .map(found -> found.isEmpty() ? Map.of() : Map.of("notifications", List.copyOf(found)));
    }
}
