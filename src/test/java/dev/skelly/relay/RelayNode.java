package dev.skelly.relay;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.broker.BrokerAccess;
import dev.skelly.broker.BrokerAddress;
import dev.skelly.broker.BrokerConfig;
import dev.skelly.bus.MessageBus;
import dev.skelly.database.ConnectionPools;
import dev.skelly.database.DatabaseAddress;
import dev.skelly.database.DatabaseConfig;
import dev.skelly.event.Json;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.feature.Worker;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/** A node of its own that runs nothing but the relay. Blocks. */
public final class RelayNode implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final MessageBus bus = new MessageBus(vertx, Json.mapper());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Relay relay;
    private String deployment = "";

    /** Not started yet. */
    public RelayNode(
            String name, TestDatabase database, BrokerAddress broker, RelayConfig config, List<Worker> workers) {
        this(name, database.address(), broker, config, workers);
    }

    /** The same over a database of another process. */
    public RelayNode(
            String name, DatabaseAddress database, BrokerAddress broker, RelayConfig config, List<Worker> workers) {
        relay = new Relay(
                NodeEnvironment.of(meters).named(name),
                ConnectionPools.connectOptions(database, DatabaseConfig.DEFAULT, "test"),
                bus,
                new BrokerAccess(broker, BrokerConfig.DEFAULT),
                config,
                workers,
                List.of());
    }

    /** Starts and looks at the lease once. */
    @CanIgnoreReturnValue // many a test only wants it to run
    public RelayNode start() {
        deployment = Waiting.on(vertx.deployVerticle(relay));
        return this;
    }

    /** Stops in good order. */
    public void stop() {
        Waiting.on(vertx.undeploy(deployment));
        deployment = "";
    }

    public Relay relay() {
        return relay;
    }

    public MessageBus bus() {
        return bus;
    }

    public Vertx vertx() {
        return vertx;
    }

    /** The shipped settings, but losses are noticed within a second. */
    public static RelayConfig soonNoticing() {
        var shipped = RelayConfig.DEFAULT;
        return new RelayConfig(
                shipped.renew(),
                shipped.stale(),
                shipped.look(),
                shipped.pollMin(),
                shipped.pollMax(),
                shipped.gather(),
                shipped.batchRowsMax(),
                shipped.batchBytesMax(),
                shipped.inFlightMax(),
                shipped.sendDeadline(),
                shipped.checkpointEvery(),
                Duration.ofMillis(100),
                Duration.ofMillis(300),
                shipped.interestLife(),
                shipped.lagMax());
    }

    /** A counter's value; 0 before it counted anything. */
    public double count(String name) {
        var counter = meters.find(name).counter();
        return counter == null ? 0 : counter.count();
    }

    /** A counter's or gauge's value. */
    public double meter(String name) {
        return meters.get(name).meter().measure().iterator().next().getValue();
    }

    @Override
    public void close() {
        if (!deployment.isEmpty()) {
            stop();
        }
        Waiting.on(vertx.close());
    }
}
