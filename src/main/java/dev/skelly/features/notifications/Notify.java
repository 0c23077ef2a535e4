package dev.skelly.features.notifications;

import dev.skelly.feature.Command;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Notifies a person of an event.
 *
 * @param kind name of the declaration
 * @param title pieces of the text, between which the number of events belongs
 * @param body likewise
 * @param link a path on this site; null without one
 * @param data JSON text of an object, as in {@link Notification}
 * @param about the person whom the event is about; null for none
 * @param inApp whether it is in the list
 * @param mail whether it is mailed
 * @param openKey events with the same one share a notification; null for one of its own
 * @param due when the digest is over; null when it is told at once
 */
record Notify(
        UUID account,
        String kind,
        List<String> title,
        List<String> body,
        @Nullable String link,
        String data,
        @Nullable UUID about,
        boolean inApp,
        boolean mail,
        @Nullable String openKey,
        @Nullable Instant due)
        implements Command<Void> {

    /** Copies the lists. */
    Notify {
        title = List.copyOf(title);
        body = List.copyOf(body);
    }

    /** Omits the text. */
    @Override
    public String toString() {
        return "Notify[" + account + ", " + kind + "]";
    }
}
