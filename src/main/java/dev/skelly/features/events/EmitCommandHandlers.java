package dev.skelly.features.events;

import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.eventlog.AppendResult;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.eventlog.NewEvent;
import dev.skelly.eventlog.SubjectHeadTable;
import dev.skelly.eventlog.Tx;
import dev.skelly.worker.EmitterNotifications;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Appends validated events. Runs where there is a database. */
final class EmitCommandHandlers {

    /* Longer than two batches of a node that change the same subjects wait for each other, and short enough for the others of a batch. */
    private static final Duration LOCK_WAIT = Duration.ofMillis(100);

    private final Supplier<EventTypeRegistry> eventTypes;
    private final Supplier<CursorCodec> cursors;
    private final EmitterNotifications outcomes;

    EmitCommandHandlers(
            Supplier<EventTypeRegistry> eventTypes, Supplier<CursorCodec> cursors, EmitterNotifications outcomes) {
        this.eventTypes = eventTypes;
        this.cursors = cursors;
        this.outcomes = outcomes;
    }

    Future<AppendEvents.AppendedEvents> append(Tx tx, AppendEvents command) {
        var drafts = new ArrayList<NewEvent>();
        command.events().forEach(event -> draft(event).ifPresent(drafts::add));
        // The statement of a batch sets its own limit, which comes too late for what is sealed and awaited before it.
        var limited = single(command) ? Future.<Void>succeededFuture() : tx.limitLockWait(LOCK_WAIT);
        var appended = drafts.isEmpty()
                ? Future.succeededFuture(List.<AppendResult>of())
                : limited.compose(done -> tx.append(drafts, LOCK_WAIT));
        return appended.compose(receipts -> expect(tx, drafts, receipts).map(done -> answer(command, receipts)));
    }

    Future<FindLockedSubjects.LockedSubjects> locked(Tx tx, FindLockedSubjects command) {
        return SubjectHeadTable.locked(tx.sql(), command.subjects()).map(FindLockedSubjects.LockedSubjects::new);
    }

    /**
     * Tells whether one statement can append all of these: no keys are created for encrypted fields, no outcome is awaited, and no id was chosen
     * by a caller that would have to be looked up.
     */
    boolean single(AppendEvents command) {
        return command.events().stream()
                .allMatch(event -> event.digest() == null
                        && type(event)
                                .filter(type -> type.sensitive().isEmpty() && !EmitterNotifications.promised(type))
                                .isPresent());
    }

    private Optional<NewEvent> draft(ValidatedEvent event) {
        return type(event)
                .map(type -> new NewEvent(
                        event.id(),
                        event.digest(),
                        type,
                        event.subject(),
                        event.channels(),
                        event.data(),
                        event.cause(),
                        event.time()));
    }

    private Optional<EventType> type(ValidatedEvent event) {
        return eventTypes.get().named(event.type()).filter(type -> type.version() == event.version());
    }

    private Future<Void> expect(Tx tx, List<NewEvent> drafts, List<AppendResult> receipts) {
        Future<Void> expected = Future.succeededFuture();
        for (var index = 0; index < drafts.size(); index++) {
            var draft = drafts.get(index);
            if (receipts.get(index).fate() == AppendResult.Fate.APPENDED
                    && EmitterNotifications.promised(draft.type())) {
                expected = expected.compose(done -> outcomes.expect(tx, draft));
            }
        }
        return expected;
    }

    private AppendEvents.AppendedEvents answer(AppendEvents command, List<AppendResult> receipts) {
        Map<UUID, AppendResult> byId = new HashMap<>();
        receipts.forEach(receipt -> byId.put(receipt.id(), receipt));
        return new AppendEvents.AppendedEvents(command.events().stream()
                .map(event -> appended(event.id(), byId.get(event.id())))
                .toList());
    }

    private AppendEvents.Appended appended(UUID id, @Nullable AppendResult receipt) {
        return receipt == null
                ? new AppendEvents.Appended(id, "", null)
                : new AppendEvents.Appended(id, cursors.get().write(receipt.seq()), receipt.fate());
    }
}
