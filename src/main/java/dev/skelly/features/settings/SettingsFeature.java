package dev.skelly.features.settings;

import dev.skelly.config.RuntimeSettings;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Event;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Changes settings at run time, and records changes when nodes start (decision notes 0222, 0387). */
public final class SettingsFeature implements Feature {

    private final Map<String, String> shared;
    private final RuntimeSettings runtime;
    private final Consumer<Map<String, String>> apply;
    private final SettingsConfig config;

    /**
     * Creates the feature.
     *
     * @param shared the settings of this start that all nodes share, by key, as they are shown
     * @param runtime the settings that may change at run time
     * @param apply puts all changes into effect on this node, by key; keys that this node does not know are among them. Called on any thread
     */
    public SettingsFeature(
            Map<String, String> shared,
            RuntimeSettings runtime,
            Consumer<Map<String, String>> apply,
            SettingsConfig config) {
        this.shared = Map.copyOf(shared);
        this.runtime = runtime;
        this.apply = apply;
        this.config = config;
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
        var handlers = new SettingCommandHandlers(platform.audit());
        registry.command("settings.record-settings", RecordSettings.class, handlers::record);
        registry.command("settings.change-settings", ChangeSettings.class, ChangedSettings.class, handlers::change);
        registry.query(
                "settings.read-changed-settings",
                ReadChangedSettings.class,
                ChangedSettings.class,
                (sql, query) -> RuntimeSettingTable.read(sql));
        registry.startupStep(sql -> platform.commands()
                .send(
                        new RecordSettings(shared),
                        CommandContext.byOperator(platform.ids().get())));
        var watch = new SettingWatch(platform.commands(), apply, config.poll());
        registry.part(watch);
        registry.routes(new SettingRoutes(platform.commands(), runtime, watch).all());
    }
}
