package dev.skelly.features.notifications;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notification as events of one transaction make it.
 *
 * @param createdAt when the first of its events was handled
 * @param made whether this transaction creates it
 * @param count the number of its events
 * @param last the last of its events
 * @param batch the mail that names it; null when it is not mailed at once
 */
record NoticeDraft(
        UUID id,
        Instant createdAt,
        boolean made,
        int count,
        Notify last,
        @Nullable UUID batch) {

    private static final int TITLE_CHARS_MAX = 300;
    private static final int BODY_CHARS_MAX = 4_000;

    /** Returns this draft after one more event. */
    NoticeDraft with(Notify notice) {
        return new NoticeDraft(id, createdAt, made, count + 1, notice, batch);
    }

    /** Returns this draft with the mail that names it. */
    NoticeDraft mailedBy(UUID mail) {
        return new NoticeDraft(id, createdAt, made, count, last, mail);
    }

    /** Tells whether it is mailed at once: only when it is created, so that a group is one mail. */
    boolean mailedAtOnce() {
        return made && last.mail() && last.due() == null;
    }

    String title() {
        return NoticeText.cut(String.join(Integer.toString(count), last.title()), TITLE_CHARS_MAX);
    }

    String body() {
        return NoticeText.cut(String.join(Integer.toString(count), last.body()), BODY_CHARS_MAX);
    }

    /** Returns the notification as its receiver sees it. */
    Notification notification(Instant now) {
        return new Notification(
                id,
                last.kind(),
                title(),
                body(),
                last.link(),
                NoticeJson.read(last.data()),
                count,
                createdAt,
                now,
                null,
                null,
                null);
    }
}
