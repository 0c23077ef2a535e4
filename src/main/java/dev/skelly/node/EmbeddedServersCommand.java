package dev.skelly.node;

import dev.skelly.cli.NodeControl;
import dev.skelly.embedded.AmqpBroker;
import dev.skelly.embedded.DataFolder;
import dev.skelly.embedded.PostgresServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** Runs the embedded database and broker without a node, for nodes in other processes. Blocks. */
public final class EmbeddedServersCommand implements NodeControl.RunningServices {

    private final Deque<Runnable> stops = new ArrayDeque<>(); // Filled by the start, emptied by the end.
    private final Promise<String> broken = Promise.promise();
    private final StringBuilder settings = new StringBuilder();

    private EmbeddedServersCommand() {}

    /**
     * Starts the servers of {@code which}, one after the other.
     *
     * @throws IllegalStateException when one does not start; then none runs
     */
    public static EmbeddedServersCommand start(NodeConfig config, Set<NodeControl.Service> which) {
        var services = new EmbeddedServersCommand();
        try {
            services.startAll(config, which);
            return services;
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
    }

    private void startAll(NodeConfig config, Set<NodeControl.Service> which) {
        OwnerOnlyPaths.mend(config);
        var folder = DataFolder.open(config.data().dir());
        stops.push(folder::close);
        if (which.contains(NodeControl.Service.DATABASE)) {
            startDatabase(new PostgresServer(folder, config.embedded().databasePort(), true));
        }
        if (which.contains(NodeControl.Service.BROKER)) {
            startBroker(new AmqpBroker(folder, config.embedded().brokerPort(), broken::tryComplete));
        }
    }

    private void startDatabase(PostgresServer server) {
        var address = server.start();
        stops.push(server::close);
        tell("db.url", "postgresql://" + address.host() + ":" + address.port() + "/" + address.database());
        tell("db.user", address.user());
        tell("db.password", address.password());
    }

    private void startBroker(AmqpBroker server) {
        var address = server.start();
        stops.push(server::close);
        tell("broker.url", "amqp://" + address.host() + ":" + address.port());
        tell("broker.user", address.user());
        tell("broker.password", address.password());
    }

    private void tell(String key, String value) {
        settings.append(key).append('=').append(value).append('\n');
    }

    @Override
    public String settings() {
        return settings.toString();
    }

    @Override
    public Future<String> broken() {
        return broken.future();
    }

    @Override
    public void close() {
        while (!stops.isEmpty()) {
            stops.pop().run();
        }
    }
}
