package dev.skelly.features.notifications;

import dev.skelly.eventlog.NewEvent;
import dev.skelly.eventlog.Tx;
import dev.skelly.features.notifications.NotificationTable.OpenNotification;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes notifications, their counts and the events about them.
 *
 * @param kept notifications kept for one person
 */
record NotifyHandler(NoticeEvents events, Clock clock, Supplier<UUID> ids, int kept) {

    /* Notifications with the same one are the same; a notice without a key has one of its own. */
    private record DraftKey(
            UUID account, String kind, @Nullable String openKey, int own) {}

    /** Writes the notifications of any number of people. */
    Future<Void> notifyAll(Tx tx, List<Notify> notices) {
        var accounts = notices.stream().map(Notify::account).collect(Collectors.toSet());
        return NotificationCountTable.lock(tx.sql(), accounts).compose(present -> {
            var wanted = notices.stream()
                    .filter(notice -> present.contains(notice.account()))
                    .toList();
            return wanted.isEmpty()
                    ? Future.succeededFuture()
                    : NotificationTable.open(tx.sql(), wanted)
                            .compose(open -> write(tx, present, drafts(wanted, open)));
        });
    }

    private List<NoticeDraft> drafts(List<Notify> notices, List<OpenNotification> open) {
        var now = now();
        var known = new HashMap<DraftKey, OpenNotification>();
        open.forEach(each -> known.put(new DraftKey(each.account(), each.kind(), each.openKey(), 0), each));
        var drafts = new LinkedHashMap<DraftKey, NoticeDraft>();
        for (var notice : notices) {
            var own = notice.openKey() == null ? drafts.size() + 1 : 0;
            var key = new DraftKey(notice.account(), notice.kind(), notice.openKey(), own);
            var draft = drafts.get(key);
            drafts.put(key, draft == null ? first(notice, known.get(key), now) : draft.with(notice));
        }
        return mailed(drafts.values().stream().toList());
    }

    private NoticeDraft first(Notify notice, @Nullable OpenNotification open, Instant now) {
        return open == null
                ? new NoticeDraft(ids.get(), now, true, 1, notice, null)
                : new NoticeDraft(open.id(), open.createdAt(), false, open.count() + 1, notice, null);
    }

    private List<NoticeDraft> mailed(List<NoticeDraft> drafts) {
        var batches = new HashMap<UUID, UUID>();
        return drafts.stream()
                .map(draft -> draft.mailedAtOnce()
                        ? draft.mailedBy(batches.computeIfAbsent(draft.last().account(), account -> ids.get()))
                        : draft)
                .toList();
    }

    private Future<Void> write(Tx tx, Set<UUID> accounts, List<NoticeDraft> drafts) {
        var now = now();
        var parts = drafts.stream().collect(Collectors.partitioningBy(NoticeDraft::made));
        return NotificationTable.insert(tx.sql(), parts.getOrDefault(true, List.of()), now)
                .compose(done -> NotificationTable.update(tx.sql(), parts.getOrDefault(false, List.of()), now))
                .compose(done -> counted(tx, accounts))
                .compose(counts -> tx.append(news(tx, drafts, counts, now)))
                .mapEmpty();
    }

    private Future<Map<UUID, NotificationCounts>> counted(Tx tx, Set<UUID> accounts) {
        return NotificationCountTable.refresh(tx.sql(), accounts).compose(counts -> {
            var over = counts.entrySet().stream()
                    .filter(person -> person.getValue().stored() > kept)
                    .map(Map.Entry::getKey)
                    .toList();
            var all = new HashMap<UUID, NotificationCounts>();
            counts.forEach((account, stored) -> all.put(account, stored.counts()));
            return over.isEmpty()
                    ? Future.succeededFuture(all)
                    : NotificationTable.trim(tx.sql(), over, kept)
                            .compose(done -> NotificationCountTable.refresh(tx.sql(), over))
                            .map(again -> {
                                again.forEach((account, stored) -> all.put(account, stored.counts()));
                                return all;
                            });
        });
    }

    private List<NewEvent> news(Tx tx, List<NoticeDraft> drafts, Map<UUID, NotificationCounts> counts, Instant now) {
        var news = new ArrayList<NewEvent>();
        var batches = new LinkedHashMap<UUID, UUID>();
        for (var draft : drafts) {
            var account = draft.last().account();
            var after = counts.getOrDefault(account, NotificationCounts.NONE);
            var shown = draft.notification(now);
            if (draft.last().inApp()) {
                news.add(events.of(
                        tx,
                        draft.made()
                                ? new NotificationEvent.Created(account, shown, after)
                                : new NotificationEvent.NotificationUpdated(
                                        account, shown, List.of(draft.id()), null, after),
                        now));
            }
            var batch = draft.batch();
            if (batch != null) {
                batches.put(batch, account);
            }
        }
        batches.forEach(
                (batch, account) -> news.add(events.of(tx, new NotificationEvent.MailDue(account, batch), now)));
        return news;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
