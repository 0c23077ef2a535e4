package dev.skelly.features.notifications;

import dev.skelly.event.CommandContext;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Schedule;
import dev.skelly.feature.ScheduledJob;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Ends digests and deletes old notifications, a number of people at a time. */
record DigestCommandHandlers(NoticeEvents events, Clock clock, Supplier<UUID> ids) {

    private static final Duration DIGESTS_EVERY = Duration.ofSeconds(10);
    private static final int PEOPLE_MAX = 100;

    /** Returns the jobs that do so. */
    List<ScheduledJob> jobs(CommandBus commands, Duration retention) {
        return List.of(
                new ScheduledJob(
                        "notifications.close-digests", Schedule.every(DIGESTS_EVERY), due -> closeAll(commands)),
                new ScheduledJob(
                        "notifications.delete-old",
                        Schedule.every(Duration.ofHours(1)),
                        due -> deleteAll(commands, clock.instant().minus(retention))));
    }

    private Future<Void> closeAll(CommandBus commands) {
        return commands.send(new CloseDigests(PEOPLE_MAX), CommandContext.fresh(ids.get()))
                .compose(done -> done.result().people() < PEOPLE_MAX ? Future.succeededFuture() : closeAll(commands));
    }

    private Future<Void> deleteAll(CommandBus commands, Instant before) {
        return commands.send(new DeleteOldNotifications(before, PEOPLE_MAX), CommandContext.fresh(ids.get()))
                .compose(done -> done.result().people() == 0 ? Future.succeededFuture() : deleteAll(commands, before));
    }

    /** See {@link CloseDigests}. */
    Future<CloseDigests.ClosedDigests> close(Tx tx, CloseDigests command) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return DigestTable.due(tx.sql(), now, command.peopleMax())
                .compose(people -> people.isEmpty()
                        ? Future.succeededFuture(new CloseDigests.ClosedDigests(0))
                        : close(tx, people, now).map(new CloseDigests.ClosedDigests(people.size())));
    }

    private Future<Void> close(Tx tx, List<UUID> people, Instant now) {
        var mails = new LinkedHashMap<UUID, UUID>();
        people.forEach(account -> mails.put(account, ids.get()));
        return NotificationCountTable.lock(tx.sql(), people)
                .compose(locked -> DigestTable.close(tx.sql(), mails, now))
                .map(named -> named.entrySet().stream()
                        .map(mail -> events.of(tx, new NotificationEvent.MailDue(mail.getKey(), mail.getValue()), now))
                        .toList())
                .compose(news -> news.isEmpty()
                        ? Future.succeededFuture()
                        : tx.append(news).mapEmpty());
    }

    /** See {@link DeleteOldNotifications}. */
    Future<DeleteOldNotifications.DeletedNotifications> delete(Tx tx, DeleteOldNotifications command) {
        return DigestTable.old(tx.sql(), command.before(), command.peopleMax())
                .compose(people -> delete(tx, people, command.before())
                        .map(new DeleteOldNotifications.DeletedNotifications(people.size())));
    }

    private static Future<Void> delete(Tx tx, List<UUID> people, Instant before) {
        return people.isEmpty()
                ? Future.succeededFuture()
                : NotificationCountTable.lock(tx.sql(), people)
                        .compose(locked -> DigestTable.delete(tx.sql(), people, before))
                        .compose(done -> NotificationCountTable.refresh(tx.sql(), people))
                        .mapEmpty();
    }
}
