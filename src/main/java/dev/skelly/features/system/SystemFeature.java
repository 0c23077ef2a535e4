package dev.skelly.features.system;

import dev.skelly.event.CommandContext;
import dev.skelly.event.Event;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.LeaderTask;
import dev.skelly.feature.Platform;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Tells administrators how the running system is. */
public final class SystemFeature implements Feature {

    private static final int SILENT_INTERVALS = 3;

    private final SystemConfig config;
    private final Supplier<Future<Map<String, Boolean>>> checks;
    private final Supplier<List<SystemEvent.LoggedError>> errors;

    /**
     * Creates the feature.
     *
     * @param checks checks every part of this node once and tells whether it works, by name; never fails
     * @param errors returns the errors that the process logged since the last call, the most frequent first
     */
    public SystemFeature(
            SystemConfig config,
            Supplier<Future<Map<String, Boolean>>> checks,
            Supplier<List<SystemEvent.LoggedError>> errors) {
        this.config = config;
        this.checks = checks;
        this.errors = errors;
    }

    @Override
    public String name() {
        return "system";
    }

    @Override
    public List<Class<? extends Event>> events() {
        return List.of(SystemEvent.class);
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        var handlers = new SystemCommandHandlers(platform.json());
        registry.command("system.report-node", ReportNode.class, handlers::report);
        registry.command("system.forget-node", ForgetNode.class, SystemCommandHandlers::forget);
        registry.command("system.measure", MeasureSystem.class, handlers::measure);
        if (config.metrics() || config.health() || config.errors()) {
            registry.part(new NodeReporter(platform.environment(), platform.commands(), config, checks, errors));
            registry.leaderTask(new MeasureTask(platform, config));
        }
    }

    private record MeasureTask(Platform platform, SystemConfig config) implements LeaderTask {

        @Override
        public String name() {
            return "system.measure";
        }

        @Override
        public Duration every() {
            return config.interval();
        }

        @Override
        public Future<Void> round(SqlClient sql) {
            var silent = config.interval().multipliedBy(SILENT_INTERVALS).toMillis();
            var command = new MeasureSystem(silent, config.metrics(), config.health());
            return platform.commands()
                    .send(command, CommandContext.fresh(platform.ids().get()))
                    .mapEmpty();
        }
    }
}
