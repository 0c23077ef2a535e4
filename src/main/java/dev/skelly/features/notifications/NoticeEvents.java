package dev.skelly.features.notifications;

import dev.skelly.event.EventTypeRegistry;
import dev.skelly.eventlog.NewEvent;
import dev.skelly.eventlog.Tx;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

/** Prepares events of this feature that are appended many at once. */
record NoticeEvents(Supplier<EventTypeRegistry> types, Supplier<UUID> ids) {

    /** Prepares an event whose cause is that of the transaction. */
    NewEvent of(Tx tx, NotificationEvent event, Instant now) {
        return new NewEvent(
                ids.get(),
                null,
                types.get().typeOf(event),
                event.subject(),
                event.audience().channels(),
                NoticeJson.write(event),
                tx.cause().freely(),
                now);
    }
}
