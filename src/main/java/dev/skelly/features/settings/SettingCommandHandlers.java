package dev.skelly.features.settings;

import dev.skelly.eventlog.Tx;
import dev.skelly.feature.AuditEntry;
import dev.skelly.feature.AuditLog;
import dev.skelly.feature.EntityTag;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Handles the commands of settings. What changes is recorded in the audit log and emitted as an event, in the same transaction. */
final class SettingCommandHandlers {

    private static final String TARGET = "settings:all";

    private final AuditLog audit;

    SettingCommandHandlers(AuditLog audit) {
        this.audit = audit;
    }

    /** Records the settings of a start, if they differ from those of the last one. */
    Future<Void> record(Tx tx, RecordSettings command) {
        return SettingTable.lock(tx.sql())
                .compose(seen -> seen.equals(command.values())
                        ? Future.succeededFuture()
                        : SettingTable.replace(tx.sql(), command.values())
                                .compose(done -> started(tx, seen, command.values())));
    }

    /* Ignores keys that only one of two program versions knows. */
    private Future<Void> started(Tx tx, Map<String, String> seen, Map<String, String> values) {
        var before = new TreeMap<String, String>();
        var after = new TreeMap<String, String>();
        seen.forEach((key, was) -> {
            var is = values.get(key);
            if (is != null && !is.equals(was)) {
                before.put(key, was);
                after.put(key, is);
            }
        });
        return tell(tx, before, after);
    }

    /** Changes settings at run time. Fails with {@link dev.skelly.feature.Problem} 412 when they are not at the expected version. */
    Future<ChangedSettings> change(Tx tx, ChangeSettings command) {
        return RuntimeSettingTable.next(tx.sql()).compose(found -> {
            var expected = command.expectedVersion();
            if (expected != null && expected != found.version() - 1) {
                throw EntityTag.stale();
            }
            var values = new HashMap<>(found.values());
            values.keySet().removeAll(command.reset());
            values.putAll(command.values());
            return RuntimeSettingTable.change(tx.sql(), command.values(), command.reset())
                    .compose(done -> changed(tx, found.values(), values))
                    .map(done -> new ChangedSettings(found.version(), values));
        });
    }

    /* A key that is missing before or after has the value of each node's start there. */
    private Future<Void> changed(Tx tx, Map<String, String> was, Map<String, String> is) {
        var keys = new TreeSet<>(was.keySet());
        keys.addAll(is.keySet());
        keys.removeIf(key -> Objects.equals(was.get(key), is.get(key)));
        var before = new TreeMap<>(was);
        before.keySet().retainAll(keys);
        var after = new TreeMap<>(is);
        after.keySet().retainAll(keys);
        return tell(tx, before, after);
    }

    private Future<Void> tell(Tx tx, Map<String, String> before, Map<String, String> after) {
        var keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        return keys.isEmpty()
                ? Future.succeededFuture()
                : audit.note(tx, AuditEntry.on(TARGET, "system.config-updated").changing(before, after))
                        .compose(done -> tx.append(new SettingsEvent.SettingsUpdated(List.copyOf(keys))));
    }
}
