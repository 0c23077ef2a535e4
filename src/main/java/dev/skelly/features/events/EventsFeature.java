package dev.skelly.features.events;

import dev.skelly.auth.Authorization;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.Feature;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Route;
import dev.skelly.worker.EmitterNotifications;
import java.util.List;
import java.util.function.Supplier;

/** Provides the emission of events by clients. */
public final class EventsFeature implements Feature {

    private final EventRoutes routes;
    private final EmitCommandHandlers commands;
    private final Supplier<EventTypeRegistry> catalogue;

    /**
     * Creates the feature. Events are appended through {@code commands}.
     *
     * @param catalogue read for the routes and on each request; {@code cursors} is read only where commands are executed
     * @param rights permissions to emit, besides the types' own rules
     */
    public EventsFeature(
            Platform platform,
            CommandBus commands,
            Supplier<EventTypeRegistry> catalogue,
            Supplier<CursorCodec> cursors,
            EmitterNotifications outcomes,
            Authorization rights,
            EventsConfig config) {
        var acceptance = new EventValidator(
                catalogue, rights::may, config.bytesMax(), platform.json(), platform.clock(), platform.ids());
        this.catalogue = catalogue;
        this.routes = new EventRoutes(acceptance, new AppendBatcher(commands, config, platform.meters()), config);
        this.commands = new EmitCommandHandlers(catalogue, cursors, outcomes);
    }

    @Override
    public String name() {
        return "emission";
    }

    @Override
    public List<CommandHandler<?, ?>> commands() {
        return List.of(CommandHandler.on(
                        "emission.append-events",
                        AppendEvents.class,
                        AppendEvents.AppendedEvents.class,
                        commands::append)
                .single(commands::single));
    }

    @Override
    public List<Route> routes() {
        return routes.all(catalogue.get());
    }
}
