package dev.skelly.features.events;

import dev.skelly.auth.Authorization;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.EventEmitter;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.worker.EmitterNotifications;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Provides the emission of events by clients. */
public final class EventsFeature implements Feature {

    private final Supplier<CursorCodec> cursors;
    private final EmitterNotifications notifications;
    private final Authorization rights;
    private final EventsConfig config;
    private final EmissionLimits limits;

    /**
     * Limits that follow from other parts' settings.
     *
     * @param lockWait how long a request waits for a subject that another transaction holds
     * @param lagMax age of the oldest event without a position from which on emission is refused
     */
    public record EmissionLimits(Duration lockWait, Duration lagMax) {}

    /**
     * Creates the feature.
     *
     * @param cursors read only where commands are executed
     * @param rights permissions to emit, besides the types' own rules
     */
    public EventsFeature(
            Supplier<CursorCodec> cursors,
            EmitterNotifications notifications,
            Authorization rights,
            EventsConfig config,
            EmissionLimits limits) {
        this.cursors = cursors;
        this.notifications = notifications;
        this.rights = rights;
        this.config = config;
        this.limits = limits;
    }

    @Override
    public String name() {
        return "emission";
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        var types = platform.currentTypes();
        var handlers = new EmitCommandHandlers(types, cursors, notifications);
        registry.commands(List.of(
                CommandHandler.on(
                                "emission.append-events",
                                AppendEvents.class,
                                AppendEvents.AppendedEvents.class,
                                handlers::append)
                        .single(handlers::single),
                CommandHandler.on(
                                "emission.find-locked-subjects",
                                FindLockedSubjects.class,
                                FindLockedSubjects.LockedSubjects.class,
                                handlers::locked)
                        .single(any -> true)));
        var validator = new EventValidator(
                types, rights::may, config.bytesMax(), platform.json(), platform.clock(), platform.ids());
        validator.prepare(types.get()).run();
        types.onChange(validator::prepare);
        var batcher = new AppendBatcher(
                platform.vertx(), platform.commands(), config, limits.lockWait(), platform.ids(), platform.meters());
        registry.query(
                "emission.find-unsequenced",
                FindUnsequenced.class,
                FindUnsequenced.UnsequencedEvents.class,
                UnsequencedTable::find);
        var lag = new SequencingLag(
                platform.vertx(), platform.commands(), limits.lagMax(), System::nanoTime, platform.meters());
        var validation = new LongValidation(platform.vertx(), config.longValidationsMax());
        var routes = new EventRoutes(validator, validation, batcher, lag, config, platform.ids());
        registry.routes(routes.all(types));
        registry.service(EventEmitter.class, () -> routes);
        registry.leaderTask(new EventIdCleanup(config, platform.clock()));
        registry.leaderTask(new SubjectHeadCleanup(config, platform.clock()));
        registry.leaderTask(new EventBlockWriting());
    }
}
