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
import dev.skelly.eventlog.StoredRetentionTable;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.AuditEntry;
import dev.skelly.feature.AuditLog;
import dev.skelly.feature.LogAdmin;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** Records exports, appends imported events, and changes the epoch of the log. */
final class TransferCommandHandlers {

    private static final String TARGET = "log:all";
    private static final String EMPTIED = "{}";

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
            return appended.compose(receipts -> StoredRetentionTable.add(tx.sql(), undeclared(command, known))
                    .compose(kept -> audited(tx, drafts.size()))
                    .map(done -> answer(command, known, receipts)));
        });
    }

    /* The retentions of types that only the log knows from now on. */
    private Map<String, Duration> undeclared(ImportEvents command, Map<UUID, ImportTable.KnownImport> known) {
        var retentions = new TreeMap<String, Duration>();
        for (var event : command.events()) {
            var own = event.own();
            var retention = own == null ? null : own.retention();
            if (retention != null
                    && !known.containsKey(event.id())
                    && types.get().named(event.type()).isEmpty()) {
                retentions.putIfAbsent(event.type(), retention);
            }
        }
        return retentions;
    }

    private Future<Void> audited(Tx tx, int events) {
        return events == 0
                ? Future.succeededFuture()
                : audit.note(tx, AuditEntry.on(TARGET, "log.imported").changing(Map.of(), Map.of("events", events)));
    }

    private EventType type(ImportedEvent event) {
        var own = event.own();
        return own == null ? types.get().named(event.type()).orElseThrow() : own.type(event.type());
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
                plain(event.data(), type(event).sensitive()).toString()));
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
        var registry = types.get();
        var type = type(event);
        var hidden = new HashSet<>(type.sensitive());
        registry.named(event.type()).ifPresent(declared -> hidden.addAll(declared.sensitive()));
        return current(registry, there.type()).equals(current(registry, event.type()))
                && there.subject().equals(event.subject())
                && there.channels().equals(event.channels())
                && (isEmptied(event, there)
                        || plain(current(registry, there.type(), there.version(), there.data()), hidden)
                                .equals(plain(current(registry, event.type(), type.version(), event.data()), hidden)));
    }

    /* Data that cannot be converted is compared as it is stored, which is how an export has it. */
    private static String current(EventTypeRegistry registry, String stored, int version, String data) {
        try {
            return registry.present(stored, version, data);
        } catch (RuntimeException e) {
            return data;
        }
    }

    /* The proof says that the log wrote the event, and the retention of its data was over before the export or since. */
    private static boolean isEmptied(ImportedEvent event, ImportTable.KnownImport there) {
        return event.own() != null
                && (event.data().equals(EMPTIED) || there.data().equals(EMPTIED));
    }

    private static String current(EventTypeRegistry registry, String stored) {
        return registry.named(stored).map(EventType::name).orElse(stored);
    }

    /* Ignores encrypted fields, which cannot be compared. */
    private JsonNode plain(String data, Set<String> sensitive) {
        try {
            var fields = json.readTree(data);
            return fields instanceof ObjectNode object ? object.without(sensitive) : fields;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("data of an event is not JSON", e);
        }
    }
}
