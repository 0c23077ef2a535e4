package dev.skelly.features.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.event.CommandContext;
import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Sha256;
import dev.skelly.eventlog.AppendResult;
import dev.skelly.eventlog.LogIdentity;
import dev.skelly.eventlog.NewEvent;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.AuditEntry;
import dev.skelly.feature.AuditLog;
import dev.skelly.feature.LogAdmin;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Records exports, appends imported events, and changes the epoch of the log. */
final class TransferCommandHandlers {

    private static final String TARGET = "log:all";

    private final Supplier<EventTypeRegistry> types;
    private final AuditLog audit;
    private final JsonMapper json;

    TransferCommandHandlers(Supplier<EventTypeRegistry> types, AuditLog audit, JsonMapper json) {
        this.types = types;
        this.audit = audit;
        this.json = json;
    }

    Future<Void> note(Tx tx, RecordExport command) {
        var what = Map.of(
                "afterPosition", command.after(),
                "types", command.types(),
                "opened", command.open(),
                "following", command.follow());
        return audit.note(tx, AuditEntry.on(TARGET, "log.exported").changing(Map.of(), what));
    }

    Future<LogAdmin.EpochChange> changeEpoch(Tx tx, ChangeEpoch command) {
        return LogIdentity.changeEpoch(tx.sql(), command.epoch())
                .compose(before -> audit.note(
                                tx,
                                AuditEntry.on(TARGET, "log.epoch-changed")
                                        .changing(
                                                Map.of("epoch", before.toString()),
                                                Map.of("epoch", Long.toString(command.epoch()))))
                        .map(noted -> new LogAdmin.EpochChange(before, command.epoch())));
    }

    Future<ImportEvents.ImportedEvents> append(Tx tx, ImportEvents command) {
        var ids = command.events().stream().map(ImportedEvent::id).toList();
        return ImportTable.find(tx.sql(), ids).compose(known -> {
            var drafts = command.events().stream()
                    .filter(event -> !known.containsKey(event.id()))
                    .map(this::draft)
                    .toList();
            var appended = drafts.isEmpty() ? Future.succeededFuture(List.<AppendResult>of()) : tx.append(drafts);
            return appended.compose(
                    receipts -> audited(tx, drafts.size()).map(done -> answer(command, known, receipts)));
        });
    }

    private Future<Void> audited(Tx tx, int events) {
        return events == 0
                ? Future.succeededFuture()
                : audit.note(tx, AuditEntry.on(TARGET, "log.imported").changing(Map.of(), Map.of("events", events)));
    }

    private EventType type(ImportedEvent event) {
        return types.get().named(event.type()).orElseThrow();
    }

    private NewEvent draft(ImportedEvent event) {
        return new NewEvent(
                event.id(),
                digest(event),
                type(event),
                event.subject(),
                event.channels(),
                event.data(),
                new CommandContext(event.correlation(), event.causation(), event.actor(), event.traceparent()),
                event.time());
    }

    private String digest(ImportedEvent event) {
        return Sha256.of(String.join(
                "\n",
                event.type(),
                event.subject(),
                String.join(" ", event.channels()),
                plain(type(event), event.data()).toString()));
    }

    private ImportEvents.ImportedEvents answer(
            ImportEvents command, Map<UUID, ImportTable.KnownImport> known, List<AppendResult> receipts) {
        var fates = new HashMap<UUID, ImportEvents.ImportFate>();
        receipts.forEach(receipt -> fates.put(
                receipt.id(), ImportEvents.ImportFate.valueOf(receipt.fate().name())));
        return new ImportEvents.ImportedEvents(command.events().stream()
                .map(event -> {
                    var there = known.get(event.id());
                    return there == null
                            ? fates.getOrDefault(event.id(), ImportEvents.ImportFate.CLASHING)
                            : same(event, there) ? ImportEvents.ImportFate.REPEATED : ImportEvents.ImportFate.CLASHING;
                })
                .toList());
    }

    private boolean same(ImportedEvent event, ImportTable.KnownImport there) {
        var type = type(event);
        return types.get().named(there.type()).equals(types.get().named(event.type()))
                && there.subject().equals(event.subject())
                && there.channels().equals(event.channels())
                && plain(type, there.data()).equals(plain(type, event.data()));
    }

    /* Ignores encrypted fields, which cannot be compared. */
    private JsonNode plain(EventType type, String data) {
        try {
            var fields = json.readTree(data);
            return fields instanceof ObjectNode object ? object.without(type.sensitive()) : fields;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("data of an event is not JSON", e);
        }
    }
}
