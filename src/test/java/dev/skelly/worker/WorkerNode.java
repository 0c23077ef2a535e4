package dev.skelly.worker;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.broker.BrokerAccess;
import dev.skelly.broker.BrokerAddress;
import dev.skelly.broker.BrokerConfig;
import dev.skelly.bus.BusChannels;
import dev.skelly.bus.EventsAppended;
import dev.skelly.command.CommandExecutor;
import dev.skelly.database.ConnectionPools;
import dev.skelly.database.DatabaseAddress;
import dev.skelly.database.DatabaseConfig;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.StoredEvent;
import dev.skelly.feature.Feature;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.feature.Worker;
import dev.skelly.features.deadletters.DeadLettersFeature;
import dev.skelly.relay.RelayConfig;
import dev.skelly.relay.RelayNode;
import dev.skelly.testing.Lamps;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import dev.skelly.testkit.TestPlatform;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A node that runs the relay, if asked, and the work role. Blocks. */
final class WorkerNode implements AutoCloseable {

    private final RelayNode relay;
    private final Pool pool;
    private final Lamps lamps;
    private final CommandExecutor runner;
    private final WorkEngine engine;
    private String deployment = "";

    WorkerNode(
            String name,
            TestDatabase database,
            BrokerAddress broker,
            WorkerConfig config,
            List<Worker> workers,
            boolean dispatching) {
        this(name, database.address(), DatabaseConfig.DEFAULT, broker, config, workers, dispatching);
    }

    /** The same over a database of another process. */
    WorkerNode(
            String name,
            DatabaseAddress database,
            DatabaseConfig limits,
            BrokerAddress broker,
            WorkerConfig config,
            List<Worker> workers,
            boolean dispatching) {
        relay = new RelayNode(name, database, broker, RelayConfig.DEFAULT, dispatching ? workers : List.of());
        pool = ConnectionPools.open(relay.vertx(), database, limits);
        var installed = TestPlatform.alone().install(LampFeature.having(workers));
        var features = List.of(new LampFeature(), new DeadLettersFeature(() -> installed));
        var eventTypes = EventTypeRegistry.of(Map.of(
                "/skelly/lamps", features.get(0).events(),
                "/skelly/work", features.get(1).events()));
        lamps = new Lamps(pool, eventTypes, seq -> relay.bus().publish(BusChannels.APPENDED, new EventsAppended(seq)));
        runner =
                new CommandExecutor(TestPlatform.alone().registry(features.toArray(Feature[]::new)), lamps.log(), pool);
        engine = new WorkEngine(
                NodeEnvironment.of(new SimpleMeterRegistry()).named(name),
                pool,
                runner,
                new EmitterNotifications(() -> eventTypes, () -> List.of()),
                eventTypes,
                new BrokerAccess(broker, BrokerConfig.DEFAULT),
                config,
                workers);
    }

    /** The shipped settings but for these. */
    static WorkerConfig config(Duration timeout, Duration... retry) {
        return new WorkerConfig(
                4,
                64,
                256,
                8 * 1_024 * 1_024,
                timeout,
                List.of(retry),
                Duration.ofMillis(50),
                Duration.ofSeconds(3),
                Duration.ofSeconds(5),
                Duration.ofDays(1));
    }

    @CanIgnoreReturnValue // many a test only wants it to run
    WorkerNode start() {
        relay.start();
        return startWork();
    }

    /** Starts the work role alone. */
    @CanIgnoreReturnValue // many a test only wants it to run
    WorkerNode startWork() {
        deployment = Waiting.on(relay.vertx().deployVerticle(engine));
        return this;
    }

    /** Stops the work role, not waiting. */
    Future<Void> stopping() {
        var stopped = deployment;
        deployment = "";
        return relay.vertx().undeploy(stopped);
    }

    Lamps lamps() {
        return lamps;
    }

    CommandExecutor runner() {
        return runner;
    }

    /** Appends and waits until it is stamped. */
    StoredEvent stamped(dev.skelly.event.Event event) {
        var head = lamps.head();
        Waiting.on(lamps.append(event));
        org.awaitility.Awaitility.await().until(() -> lamps.head() > head);
        return lamps.all().get((int) head);
    }

    @Override
    public void close() {
        if (!deployment.isEmpty()) {
            Waiting.on(stopping());
        }
        Waiting.on(pool.close());
        relay.close();
    }
}
