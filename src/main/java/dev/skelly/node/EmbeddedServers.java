package dev.skelly.node;

import dev.skelly.broker.BrokerAddress;
import dev.skelly.config.StartException;
import dev.skelly.database.DatabaseAddress;
import dev.skelly.embedded.AmqpBroker;
import dev.skelly.embedded.DataFolder;
import dev.skelly.embedded.PostgresServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * What a node stands on: a database and a broker, embedded where its roles need one and no address is set.
 *
 * @param database where the database is; empty where no role needs it
 * @param broker where the broker is; likewise. An embedded one may still be starting
 */
record EmbeddedServers(Optional<DatabaseAddress> database, Future<Optional<BrokerAddress>> broker) {

    /** Neither; for what starts nothing. */
    static final EmbeddedServers NONE = new EmbeddedServers(Optional.empty(), Future.succeededFuture(Optional.empty()));

    private static final class Site {

        private final Vertx vertx;
        private final NodeConfig config;
        private final Lifecycle parts;
        private final Consumer<String> onBroken;

        Site(Vertx vertx, NodeConfig config, Lifecycle parts, Consumer<String> onBroken) {
            this.vertx = vertx;
            this.config = config;
            this.parts = parts;
            this.onBroken = onBroken;
        }

        boolean embedsDatabase() {
            return config.needsDatabase() && config.database().address().isEmpty();
        }

        boolean embedsBroker() {
            return config.needsBroker() && config.brokerLogin().address().isEmpty();
        }

        Future<DataFolder> folder() {
            return parts.add("data folder", blocking(() -> open(config.data().dir())), this::close);
        }

        private static DataFolder open(Path folder) {
            try {
                return DataFolder.open(folder);
            } catch (IllegalStateException | UncheckedIOException taken) {
                throw new StartException(String.valueOf(taken.getMessage()));
            }
        }

        Future<Optional<DatabaseAddress>> database(DataFolder folder) {
            if (!embedsDatabase()) {
                return Future.succeededFuture(config.database().address());
            }
            var server = new PostgresServer(folder, config.embedded().databasePort(), true);
            return parts.add("database", blocking(server::start), address -> close(server))
                    .map(Optional::of);
        }

        Future<Optional<BrokerAddress>> broker(DataFolder folder) {
            if (!embedsBroker()) {
                return Future.succeededFuture(config.brokerLogin().address());
            }
            var server = new AmqpBroker(folder, config.embedded().brokerPort(), onBroken);
            var started = blocking(server::start);
            // Remembered before it is up, because nothing waits for it until the relay does.
            return parts.add(
                            "broker",
                            Future.succeededFuture(started),
                            starting -> starting.transform(up -> close(server)))
                    .compose(starting -> starting)
                    .map(Optional::of);
        }

        private Future<?> close(AutoCloseable server) {
            return blocking(() -> {
                server.close();
                return true;
            });
        }

        /* Not ordered: the two servers start side by side. */
        private <T> Future<T> blocking(Callable<T> work) {
            return vertx.executeBlocking(work, false);
        }
    }

    /**
     * Starts what is embedded, both servers at once, and remembers how to stop it; completes when there is a database.
     *
     * @param onBroken told why, when the embedded broker can no longer be trusted
     */
    static Future<EmbeddedServers> lay(Vertx vertx, NodeConfig config, Lifecycle parts, Consumer<String> onBroken) {
        var site = new Site(vertx, config, parts, onBroken);
        if (!site.embedsDatabase() && !site.embedsBroker()) {
            return Future.succeededFuture(new EmbeddedServers(
                    config.database().address(),
                    Future.succeededFuture(config.brokerLogin().address())));
        }
        return site.folder().compose(folder -> {
            var broker = site.broker(folder);
            return site.database(folder).map(database -> new EmbeddedServers(database, broker));
        });
    }
}
