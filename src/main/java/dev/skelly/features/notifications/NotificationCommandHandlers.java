package dev.skelly.features.notifications;

import dev.skelly.eventlog.Tx;
import dev.skelly.feature.Problem;
import dev.skelly.features.notifications.NotificationChange.ChangedNotifications;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Changes the state of people's notifications. */
record NotificationCommandHandlers(Clock clock) {

    /** See {@link NotificationChange}. */
    Future<ChangedNotifications> change(Tx tx, NotificationChange change) {
        return NotificationCountTable.lock(tx.sql(), Set.of(change.account()))
                .compose(locked -> owned(tx, change))
                .compose(owned -> NotificationListTable.change(
                        tx.sql(), change, clock.instant().truncatedTo(ChronoUnit.MILLIS)))
                .compose(changed -> NotificationCountTable.refresh(tx.sql(), Set.of(change.account()))
                        .map(counts -> counts.get(change.account()))
                        .map(stored -> stored == null ? NotificationCounts.NONE : stored.counts())
                        .compose(counts -> tell(tx, change, changed, counts)
                                .map(done -> new ChangedNotifications(changed.size(), counts))));
    }

    private static Future<Void> owned(Tx tx, NotificationChange change) {
        if (change.all()) {
            return Future.succeededFuture();
        }
        var ids = List.copyOf(Set.copyOf(change.ids()));
        return NotificationListTable.owned(tx.sql(), change.account(), ids)
                .compose(owned -> owned == ids.size()
                        ? Future.succeededFuture()
                        : Future.failedFuture(Problem.notFound("no such notification")));
    }

    private static Future<Void> tell(Tx tx, NotificationChange change, List<UUID> changed, NotificationCounts counts) {
        if (changed.isEmpty()) {
            return Future.succeededFuture();
        }
        var ids = change.all() ? List.<UUID>of() : changed;
        var updated = tx.append(
                new NotificationEvent.NotificationUpdated(change.account(), null, ids, change.state(), counts));
        return change.state() == NotificationChange.State.READ
                ? updated.compose(done -> tx.append(new NotificationEvent.Read(change.account(), ids, counts)))
                : updated;
    }
}
