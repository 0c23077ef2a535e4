package dev.skelly.features.settings;

import dev.skelly.event.CommandContext;
import dev.skelly.event.Event;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.AuditEntry;
import dev.skelly.feature.AuditLog;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Records changes of the settings when nodes start (decision note 0222). */
public final class SettingsFeature implements Feature {

    private static final String TARGET = "settings:all";

    private final Map<String, String> shared;

    /**
     * Creates the feature.
     *
     * @param shared the settings of this start that all nodes share, by key, as they are shown
     */
    public SettingsFeature(Map<String, String> shared) {
        this.shared = Map.copyOf(shared);
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
    public void install(FeatureRegistry registry, Platform platform) {
        var audit = platform.audit();
        registry.command("settings.record-settings", RecordSettings.class, (tx, command) -> note(audit, tx, command));
        registry.startupStep(sql -> platform.commands()
                .send(
                        new RecordSettings(shared),
                        CommandContext.byOperator(platform.ids().get())));
    }

    private static Future<Void> note(AuditLog audit, Tx tx, RecordSettings command) {
        return SettingTable.lock(tx.sql())
                .compose(seen -> seen.equals(command.values())
                        ? Future.succeededFuture()
                        : SettingTable.replace(tx.sql(), command.values())
                                .compose(done -> tell(audit, tx, seen, command.values())));
    }

    /* Ignores keys that only one of two program versions knows. */
    private static Future<Void> tell(AuditLog audit, Tx tx, Map<String, String> seen, Map<String, String> values) {
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
