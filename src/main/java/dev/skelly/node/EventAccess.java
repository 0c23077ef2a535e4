package dev.skelly.node;

import dev.skelly.auth.Authorization;
import dev.skelly.auth.RightsSource;
import dev.skelly.crypto.FieldDecryptor;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.eventlog.LogSource;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.UserDirectory;
import dev.skelly.feature.Worker;
import dev.skelly.ratelimit.RateLimiter;
import dev.skelly.stream.LiveTopics;
import dev.skelly.stream.LocalLogSource;
import dev.skelly.stream.PresenceConfig;
import dev.skelly.stream.RemoteLogSource;
import dev.skelly.stream.StreamAccess;
import dev.skelly.stream.StreamConnections;
import dev.skelly.view.EventViews;
import dev.skelly.worker.EmitterNotifications;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The means of reading events and showing them on this node.
 *
 * @param types every event type; read after the features are created
 * @param views the fields that readers see; read after the features are created
 * @param streams what the routes and the streams share
 * @param cursors encodes positions; read only on nodes with a database
 */
record EventAccess(
        Supplier<EventTypeRegistry> types,
        Supplier<EventViews> views,
        LogSource log,
        FieldDecryptor decryptor,
        Authorization rights,
        EmitterNotifications notifications,
        Supplier<CursorCodec> cursors,
        StreamAccess streams) {

    /** Reads the log in the database of this node, or through nodes with the persistence role. */
    static EventAccess of(
            NodeContext context,
            Optional<DatabaseServices> database,
            CommandBus commands,
            Supplier<EventTypeRegistry> types,
            Supplier<EventViews> views,
            Supplier<List<Worker>> workers) {
        var config = context.config();
        var rights = new Authorization(
                database.map(DatabaseServices::rights).orElseGet(() -> RightsSource.through(commands)),
                config.rights());
        var decryptor = new FieldDecryptor(
                commands, config.privacy(), context.environment().json());
        rights.listen(loss -> decryptor.forget(loss.versions().keySet()));
        var log = database.<LogSource>map(
                        here -> new LocalLogSource(here.reader(), () -> Future.succeededFuture(here.cursors())))
                .orElseGet(() -> new RemoteLogSource(commands));
        return new EventAccess(
                types,
                views,
                log,
                decryptor,
                rights,
                new EmitterNotifications(types, workers),
                () -> database.orElseThrow().cursors(),
                streams(context, commands, views));
    }

    private static StreamAccess streams(NodeContext context, CommandBus commands, Supplier<EventViews> views) {
        var environment = context.environment();
        return new StreamAccess(
                new StreamConnections(context.bus(), environment.node()),
                new LiveTopics(
                        environment,
                        context.bus(),
                        views,
                        UserDirectory.through(commands),
                        new RateLimiter(context.config().rateLimit()),
                        context.config().part(PresenceConfig.class)));
    }
}
