package dev.skelly.relay;

import dev.skelly.broker.BrokerAccess;
import dev.skelly.broker.BrokerConfig;
import dev.skelly.broker.BrokerLink;
import dev.skelly.broker.BrokerLinkState;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.LogReader;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.feature.Worker;
import io.vertx.amqp.AmqpConnection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one dispatcher per worker while this node leads, and writes their checkpoints. */
final class DispatchCoordinator implements BrokerLink.User {

    private static final Logger LOGGER = LoggerFactory.getLogger(DispatchCoordinator.class);

    private final Vertx vertx;
    private final List<Worker> workers;
    private final LogReader reader;
    private final DispatchPositionTable checkpoints;
    private final RelayConfig config;
    private final BrokerConfig brokerConfig;
    private final RelayMetrics metrics;
    private final RandomGenerator random;
    private final BrokerLink link;
    private final LossDetection losses;
    private final Consumer<Throwable> deposed;
    private List<WorkerDispatcher> dispatchers = List.of(); // Confined to the relay's context, like the fields below.
    private final Map<String, Long> written = new HashMap<>();
    private @Nullable AmqpConnection connection;
    private long epoch;
    private long timer;
    private boolean writing;

    /**
     * Reads the log and writes checkpoints through {@code sql}.
     *
     * @param deposed called when a checkpoint belongs to another leader
     */
    DispatchCoordinator(
            Vertx vertx,
            NodeEnvironment environment,
            List<Worker> workers,
            SqlClient sql,
            BrokerAccess broker,
            RelayConfig config,
            RelayMetrics metrics,
            Consumer<Throwable> deposed) {
        this.vertx = vertx;
        this.workers = workers;
        this.reader = new LogReader(sql);
        this.checkpoints = new DispatchPositionTable(sql);
        this.config = config;
        this.brokerConfig = broker.config();
        this.metrics = metrics;
        this.random = environment.random();
        this.deposed = deposed;
        this.losses = new LossDetection(vertx, environment, sql, config, metrics);
        this.link = new BrokerLink(
                vertx, broker.address(), broker.config(), "relay", this, environment.clock(), environment.random());
    }

    void open() {
        link.open();
    }

    BrokerLinkState state() {
        return link.state();
    }

    Future<Void> close() {
        end();
        return link.close();
    }

    /** Starts the dispatchers of a new term. */
    void begin(ElectionResult term) {
        end();
        epoch = term.epoch();
        written.putAll(term.checkpoints());
        dispatchers = workers.stream().map(worker -> dispatcher(worker, term)).toList();
        dispatchers.forEach(
                dispatcher -> metrics.checkpoint(dispatcher.worker()).set(dispatcher.acceptedUpTo()));
        timer = vertx.setPeriodic(config.checkpointEvery().toMillis(), tick -> tick());
        var open = connection;
        if (open != null) {
            dispatchers.forEach(dispatcher -> dispatcher.attach(open));
        }
        losses.begin(
                workers,
                term.proof(),
                dispatchers.stream()
                        .collect(Collectors.toMap(WorkerDispatcher::worker, WorkerDispatcher::acceptedUpTo)),
                this::acceptedUpTo);
    }

    private long acceptedUpTo(String worker) {
        return dispatchers.stream()
                .filter(dispatcher -> dispatcher.worker().equals(worker))
                .mapToLong(WorkerDispatcher::acceptedUpTo)
                .findFirst()
                .orElse(0);
    }

    private WorkerDispatcher dispatcher(Worker worker, ElectionResult term) {
        long position = term.checkpoints().getOrDefault(worker.name(), term.head());
        return new WorkerDispatcher(
                vertx,
                worker,
                new WorkerDispatcher.TermStart(position, term.head(), term.proof()),
                reader,
                config,
                brokerConfig,
                metrics,
                random);
    }

    /** Stops the dispatchers at the end of the term. */
    void end() {
        var former = dispatchers;
        dispatchers = List.of();
        losses.end();
        written.clear();
        if (!former.isEmpty()) {
            var cancelled = vertx.cancelTimer(timer);
            LOGGER.atDebug().addKeyValue("timer", cancelled).log("dispatch ends");
            former.forEach(WorkerDispatcher::end);
        }
    }

    void stamped(long from, long to, List<StoredEvent> events) {
        dispatchers.forEach(dispatcher -> dispatcher.stamped(from, to, events));
    }

    @Override
    public void connected(AmqpConnection made) {
        connection = made;
        dispatchers.forEach(dispatcher -> dispatcher.attach(made));
        losses.attach(made);
    }

    @Override
    public void disconnected() {
        connection = null;
        dispatchers.forEach(WorkerDispatcher::detach);
        losses.detach();
    }

    private void tick() {
        var now = System.nanoTime();
        if (dispatchers.stream().anyMatch(dispatcher -> dispatcher.overdue(now))) {
            link.renew("a message was not acknowledged in time");
        }
        if (!writing) {
            var mine = epoch;
            flush().onFailure(failure -> failed(failure, mine));
        }
    }

    /** Writes the checkpoints that moved since the last flush. */
    Future<Void> flush() {
        var reached = new HashMap<String, Long>();
        for (var dispatcher : dispatchers) {
            if (dispatcher.acceptedUpTo() > written.getOrDefault(dispatcher.worker(), 0L)) {
                reached.put(dispatcher.worker(), dispatcher.acceptedUpTo());
            }
        }
        if (reached.isEmpty()) {
            return Future.succeededFuture();
        }
        writing = true;
        var mine = epoch;
        return checkpoints
                .advance(reached, mine)
                .onComplete(ended -> writing = false)
                .onSuccess(done -> {
                    reached.keySet().retainAll(done);
                    wrote(reached, mine);
                })
                .mapEmpty();
    }

    private void wrote(Map<String, Long> reached, long mine) {
        if (mine == epoch) {
            written.putAll(reached);
            reached.forEach((worker, position) -> metrics.checkpoint(worker).set(position));
        }
    }

    private void failed(Throwable failure, long mine) {
        if (failure instanceof LeadershipLostException && mine == epoch) {
            deposed.accept(failure);
            return;
        }
        LOGGER.atDebug().setCause(failure).log("checkpoints cannot be written, will try again");
    }
}
