package dev.skelly.worker;

import dev.skelly.broker.BrokerAccess;
import dev.skelly.broker.BrokerLink;
import dev.skelly.broker.BrokerLinkState;
import dev.skelly.command.CommandExecutor;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.feature.Worker;
import io.vertx.amqp.AmqpConnection;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the work role of one node: takes events from the broker and from the retry poller, and runs the workers. */
public final class WorkEngine implements Deployable {

    private static final Logger LOGGER = LoggerFactory.getLogger(WorkEngine.class);

    private final NodeEnvironment environment;
    private final Pool pool;
    private final CommandExecutor runner;
    private final EmitterNotifications outcomes;
    private final Supplier<EventTypeRegistry> eventTypes;
    private final BrokerAccess broker;
    private final WorkerConfig config;
    private final List<Worker> workers;
    private final WorkerMetrics metrics;
    private List<QueueConsumer> lanes = List.of(); // Confined to the deployment's context, like the fields below.
    private volatile @Nullable BrokerLink link; // Readable on any thread, for its state.
    private @Nullable DatabaseCircuitBreaker gate;
    private @Nullable WorkExecutor runs;
    private @Nullable RetryPoller schedule;
    private boolean stopped;

    /**
     * Creates an engine that is not connected yet.
     *
     * @param pool for the inbox
     * @param runner executes the commands of workers
     * @param outcomes notifies emitters of the outcome
     */
    public WorkEngine(
            NodeEnvironment environment,
            Pool pool,
            CommandExecutor runner,
            EmitterNotifications outcomes,
            Supplier<EventTypeRegistry> eventTypes,
            BrokerAccess broker,
            WorkerConfig config,
            List<Worker> workers) {
        this.environment = environment;
        this.pool = pool;
        this.runner = runner;
        this.outcomes = outcomes;
        this.eventTypes = eventTypes;
        this.broker = broker;
        this.config = config;
        this.workers = List.copyOf(workers);
        this.metrics = new WorkerMetrics(environment.meters());
    }

    /** Returns whether the broker is reachable. Safe on any thread. */
    public BrokerLinkState broker() {
        var started = link;
        return started == null ? new BrokerLinkState(false, environment.clock().instant()) : started.state();
    }

    /** Completes at once: broker and database may become available later. */
    @Override
    public Future<?> deploy(Context context) {
        var vertx = context.owner();
        stopped = false;
        var tables =
                WorkTables.of(environment.node() + "/" + environment.ids().get(), config.claim(), config.keepDone());
        var pausing = new DatabaseCircuitBreaker(vertx, pool, environment.random());
        var conclusion = conclusion(tables.inbox());
        var running = new WorkExecutor(
                pool, tables.inbox(), conclusion, pausing, eventTypes, environment.json(), config.timeout(), metrics);
        var commit = new GroupCommit(runner, tables, outcomes);
        var groups = new GroupExecutor(
                running, new GroupWork(vertx, running, conclusion), commit, pausing, environment.ids(), metrics);
        var again = new RetryPoller(vertx, pool, tables, running, groups, pausing, config, workers);
        conclusion.onRelease(again::tick);
        commit.onRelease(again::tick);
        var check = new DeliveryCheck(pool, pausing);
        lanes = workers.stream()
                .map(worker -> lane(vertx, worker, groups, check))
                .toList();
        gate = pausing;
        runs = running;
        schedule = again;
        var looked = again.start();
        var opening = link(vertx);
        link = opening;
        Future.join(looked, check.load())
                .onComplete(
                        known -> { // Groups need no claim when it is known that no process was killed.
                            if (!stopped) {
                                opening.open();
                            }
                        });
        return Future.succeededFuture();
    }

    private BrokerLink link(Vertx vertx) {
        return new BrokerLink(
                vertx,
                broker.address(),
                broker.config(),
                "work",
                new Queues(),
                environment.clock(),
                environment.random());
    }

    private CompletionHandler conclusion(InboxTable inbox) {
        return new CompletionHandler(
                environment,
                pool,
                runner,
                inbox,
                outcomes,
                new RetryPolicy(config.retry(), environment.random()),
                config.attemptsMax(),
                metrics);
    }

    private QueueConsumer lane(Vertx vertx, Worker worker, GroupExecutor groups, DeliveryCheck check) {
        var queue = new DeliveryQueue(vertx, worker, groups, config);
        var window = new CreditWindow(config.window(worker), config.windowBytes());
        return new QueueConsumer(vertx, worker, window, queue, check, broker.config(), metrics, environment.random());
    }

    /** Stops taking events, waits for running attempts, and leaves the rest to the broker and to other nodes. */
    @Override
    public Future<?> undeploy(Context context) {
        var running = runs;
        var again = schedule;
        var open = link;
        var pausing = gate;
        if (running == null || again == null || open == null || pausing == null) {
            return Future.succeededFuture();
        }
        stopped = true;
        lanes.forEach(QueueConsumer::stop);
        again.stop();
        return running.idle()
                .timeout(config.drain().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(late -> LOGGER.atWarn()
                        .addKeyValue("running", running.running().size())
                        .log("work did not end in time; another node will take it over"))
                .transform(drained -> again.close())
                .transform(left -> {
                    pausing.stop();
                    return open.close();
                })
                .recover(failure -> {
                    LOGGER.atDebug().setCause(failure).log("the broker link did not close cleanly");
                    return Future.succeededFuture();
                });
    }

    private final class Queues implements BrokerLink.User {

        @Override
        public void connected(AmqpConnection connection) {
            lanes.forEach(lane -> lane.attach(connection));
        }

        @Override
        public void disconnected() {
            lanes.forEach(QueueConsumer::detach);
        }
    }
}
