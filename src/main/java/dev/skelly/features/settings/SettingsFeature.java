package dev.skelly.features.settings;

import dev.skelly.event.Event;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.AuditEntry;
import dev.skelly.feature.AuditLog;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.Feature;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Records changes of the settings when nodes start (decision note 0222). */
public final class SettingsFeature implements Feature {

    private static final String TARGET = "settings:all";

    private final AuditLog audit;

    /** Creates the feature. It records to {@code audit}. */
    public SettingsFeature(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public String name() {
        return "settings";
    }

    @Override
    public List<Class<? extends Event>> events() {
        return List.of(SettingsEvent.class);
    }

    @Override
    public List<CommandHandler<?, ?>> commands() {
        return List.of(CommandHandler.on("settings.record-settings", RecordSettings.class, Void.class, this::note));
    }

    private Future<Void> note(Tx tx, RecordSettings command) {
        return SettingTable.lock(tx.sql())
                .compose(seen -> seen.equals(command.values())
                        ? Future.succeededFuture()
                        : SettingTable.replace(tx.sql(), command.values())
                                .compose(done -> tell(tx, seen, command.values())));
    }

    /* Ignores keys that only one of two program versions knows. */
    private Future<Void> tell(Tx tx, Map<String, String> seen, Map<String, String> values) {
        var before = new TreeMap<String, String>();
        var after = new TreeMap<String, String>();
        seen.forEach((key, was) -> {
            var is = values.get(key);
            if (is != null && !is.equals(was)) {
                before.put(key, was);
                after.put(key, is);
            }
        });
        return after.isEmpty()
                ? Future.succeededFuture()
                : audit.note(tx, AuditEntry.on(TARGET, "system.config-updated").changing(before, after))
                        .compose(done -> tx.append(new SettingsEvent.SettingsUpdated(List.copyOf(after.keySet()))));
    }
}
