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
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The database and the broker of a node. They are embedded if a role needs them and no address is set.
 *
 * @param database the address of the database; empty if no role needs one
 * @param broker the address of the broker; empty if no role needs one. An embedded broker may still be starting
 * @param brokerBlocked whether the embedded broker takes no messages for lack of disk space
 */
record EmbeddedServers(
        Optional<DatabaseAddress> database, Future<Optional<BrokerAddress>> broker, BooleanSupplier brokerBlocked) {

    /** No servers; for a node that is not started. */
    static final EmbeddedServers NONE =
            new EmbeddedServers(Optional.empty(), Future.succeededFuture(Optional.empty()), () -> false);

    /** Only a database that runs already; for a node that is not started. */
    static EmbeddedServers over(DatabaseAddress database) {
        return new EmbeddedServers(Optional.of(database), Future.succeededFuture(Optional.empty()), () -> false);
    }

    private static final class Site {

        private final Vertx vertx;
        private final NodeConfig config;
        private final Lifecycle parts;
        private final Consumer<String> onBroken;
        private BooleanSupplier blocked = () -> false; // Written before any part reads it.

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
            return parts.add("database", blocking(() -> start(server)), address -> close(server))
                    .map(Optional::of);
        }

        private static DatabaseAddress start(PostgresServer server) {
            try {
                return server.start();
            } catch (IllegalStateException refused) {
                throw new StartException(String.valueOf(refused.getMessage()));
            }
        }

        Future<Optional<BrokerAddress>> broker(DataFolder folder) {
            if (!embedsBroker()) {
                return Future.succeededFuture(config.brokerLogin().address());
            }
            var server = new AmqpBroker(folder, config.embedded().brokerPort(), onBroken);
            blocked = server::isBlocked;
            var started = blocking(server::start);
            // Registered before it is up, because only the relay waits for it.
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

        /* Unordered, so that both servers start at the same time. */
        private <T> Future<T> blocking(Callable<T> work) {
            return vertx.executeBlocking(work, false);
        }
    }

    /**
     * Starts both embedded servers at the same time and registers their stop. Completes when the database is up.
     *
     * @param onBroken gets the reason when the embedded broker can no longer be trusted
     */
    static Future<EmbeddedServers> lay(Vertx vertx, NodeConfig config, Lifecycle parts, Consumer<String> onBroken) {
        var site = new Site(vertx, config, parts, onBroken);
        if (!site.embedsDatabase() && !site.embedsBroker()) {
            return Future.succeededFuture(new EmbeddedServers(
                    config.database().address(),
                    Future.succeededFuture(config.brokerLogin().address()),
                    site.blocked));
        }
        return site.folder().compose(folder -> {
            var broker = site.broker(folder);
            return site.database(folder).map(database -> new EmbeddedServers(database, broker, site.blocked));
        });
    }
}
