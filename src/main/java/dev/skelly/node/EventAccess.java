package dev.skelly.node;

import dev.skelly.auth.Authorization;
import dev.skelly.auth.RightsSource;
import dev.skelly.crypto.FieldDecryptor;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.eventlog.LogSource;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Worker;
import dev.skelly.stream.LocalLogSource;
import dev.skelly.stream.RemoteLogSource;
import dev.skelly.view.EventViews;
import dev.skelly.worker.EmitterNotifications;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How events are read and shown on this node.
 *
 * @param types every event type; asked after the features are made
 * @param views which fields a reader sees; asked after the features are made
 * @param cursors writes positions of writes; asked only where there is a database
 */
record EventAccess(
        Supplier<EventTypeRegistry> types,
        Supplier<EventViews> views,
        LogSource log,
        FieldDecryptor decryptor,
        Authorization rights,
        EmitterNotifications notifications,
        Supplier<CursorCodec> cursors) {

    /** Reads the log in the database of this node, or through nodes that have the persistence role. */
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
                commands, config.privacy(), context.platform().json());
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
                () -> database.orElseThrow().cursors());
    }
}
