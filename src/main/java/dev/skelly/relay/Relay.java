package dev.skelly.relay;

import dev.skelly.broker.BrokerAccess;
import dev.skelly.broker.BrokerLinkState;
import dev.skelly.broker.ReconnectBackoff;
import dev.skelly.bus.BusChannels;
import dev.skelly.bus.LeaderElected;
import dev.skelly.bus.MessageBus;
import dev.skelly.feature.LeaderTask;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.feature.Worker;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the relay role of one node: a standby until it can take the lease, the leader while it keeps the lease.
 *
 * <p>Runs one step at a time: connect, check the lease, or sequence a batch. A failed step ends the session, and with it the term.
 */
public final class Relay implements Deployable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Relay.class);
    private static final Duration TURN_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RETRY_FIRST = Duration.ofMillis(250);
    private static final Duration RETRY_MAX = Duration.ofSeconds(2);

    private final NodeEnvironment environment;
    private final PgConnectOptions database;
    private final MessageBus bus;
    private final BrokerAccess broker;
    private final RelayConfig config;
    private final List<Worker> workers;
    private final List<LeaderTask> tasks;
    private final RelayMetrics metrics;
    private final ReconnectBackoff backoff;
    private final LeaderElection election;
    private final LiveFanOut fan;
    private List<MessageConsumer<?>> consumers =
            List.of(); // Confined to the deployment's context, like the fields below.
    private @Nullable Vertx vertx;
    private @Nullable DispatchCoordinator dispatch;
    private @Nullable Pool readers;
    private @Nullable PgConnection session;
    private @Nullable LeaderTerm leader;
    private Future<Long> turn = Future.succeededFuture(0L);
    private long timer = -1;
    private long turns;
    private boolean underway;
    private boolean resting;
    private boolean hinted;
    private boolean stopped;

    /**
     * Creates a relay that is not connected yet.
     *
     * @param database connection options; without a pooler in between, because the lease belongs to the session
     * @param workers every worker that receives events over the broker
     * @param tasks the recurring tasks of the leader
     */
    public Relay(
            NodeEnvironment environment,
            PgConnectOptions database,
            MessageBus bus,
            BrokerAccess broker,
            RelayConfig config,
            List<Worker> workers,
            List<LeaderTask> tasks) {
        this.environment = environment;
        this.database = database;
        this.bus = bus;
        this.broker = broker;
        this.config = config;
        this.workers = List.copyOf(workers);
        this.tasks = List.copyOf(tasks);
        this.metrics = new RelayMetrics(environment.meters(), environment.clock());
        this.backoff = new ReconnectBackoff(RETRY_FIRST, RETRY_MAX, environment.random());
        this.election = new LeaderElection(
                environment.node(), workers.stream().map(Worker::name).toList(), config.stale());
        this.fan = new LiveFanOut(config.interestLife().toNanos());
    }

    /** Returns whether this node leads. Safe on any thread. */
    public boolean leads() {
        return metrics.leader.get() == 1;
    }

    /** Returns whether the broker is reachable. Safe on any thread once deployed. */
    public BrokerLinkState broker() {
        var started = dispatch;
        return started == null ? new BrokerLinkState(false, environment.clock().instant()) : started.state();
    }

    /** Completes after the first check of the lease, also when the database is unreachable: the relay keeps retrying. */
    @Override
    public Future<?> deploy(Context context) {
        var owner = context.owner();
        vertx = owner;
        readers = RelayConnections.readers(owner, database);
        var started =
                new DispatchCoordinator(owner, environment, workers, readers, broker, config, metrics, this::stepDown);
        dispatch = started;
        started.open();
        consumers = List.of(
                bus.subscribe(BusChannels.APPENDED, hint -> look()),
                bus.subscribe(BusChannels.INTEREST, interest -> fan.heard(interest, System.nanoTime())));
        return Future.all(consumers.stream().map(MessageConsumer::completion).toList())
                .compose(ready -> {
                    take();
                    return turn.otherwise(0L);
                });
    }

    private Vertx vertx() {
        return Objects.requireNonNull(vertx);
    }

    private DispatchCoordinator dispatch() {
        return Objects.requireNonNull(dispatch);
    }

    /* Handles a hint that events were appended. A standby ignores it. */
    private void look() {
        if (underway || resting) {
            hinted = true;
        } else if (leader != null) {
            take();
        }
    }

    private void take() {
        if (stopped || underway) {
            return;
        }
        if (timer >= 0 && vertx().cancelTimer(timer)) {
            timer = -1;
        }
        turns++;
        underway = true;
        resting = false;
        hinted = false;
        turn = Future.<Void>succeededFuture()
                .compose(start -> step())
                .timeout(TURN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(ended -> {
                    underway = false;
                    next(ended.succeeded() ? ended.result() : failed(ended.cause()));
                });
    }

    private void next(long pause) {
        if (stopped) {
            return;
        }
        var rest = leader == null ? 0 : leader.rest();
        resting = rest > 0;
        if (!resting && (pause == 0 || (hinted && leader != null))) {
            vertx().runOnContext(turn -> take());
        } else {
            timer = vertx().setTimer(resting ? rest : pause, fired -> take());
        }
    }

    private Future<Long> step() {
        var open = session;
        if (open == null) {
            return connect();
        }
        var leading = leader;
        return leading == null ? standBy(open) : leading.turn();
    }

    private Future<Long> connect() {
        var mine = turns;
        return PgConnection.connect(vertx(), RelayConnections.options(database, LeaderLeaseTable.APPLICATION))
                .compose(made -> {
                    if (stopped || !underway || mine != turns) { // Too late: this step was already given up.
                        return made.close().map(0L);
                    }
                    session = made;
                    made.closeHandler(closed -> lost(made));
                    backoff.reset();
                    return standBy(made);
                });
    }

    private Future<Long> standBy(PgConnection open) {
        return election.run(open)
                .map(term -> term.map(won -> lead(open, won))
                        .orElseGet(() -> config.look().toMillis()));
    }

    private long lead(PgConnection open, ElectionResult term) {
        if (session != open) {
            return 0; // The step was given up and the session closed: the lease is free again.
        }
        LOGGER.atInfo()
                .addKeyValue("node", environment.node())
                .addKeyValue("epoch", term.epoch())
                .addKeyValue("head", term.head())
                .log("leads the relay");
        metrics.leads(term);
        dispatch().begin(term);
        var besides = new LeaderTasks(tasks, Objects.requireNonNull(readers));
        leader = new LeaderTerm(term, open, config, fan, bus, dispatch(), metrics, besides);
        bus.publish(BusChannels.ELECTED, new LeaderElected(environment.node(), term.epoch()));
        return 0;
    }

    private void lost(PgConnection closed) {
        if (session == closed && !stopped) {
            stepDown(new IllegalStateException("the database session ended"));
        }
    }

    private long failed(Throwable failure) {
        stepDown(failure);
        return backoff.nextMillis();
    }

    /* The session ends too, whatever the reason, so that no statement of this term can still run in the database. */
    private void stepDown(Throwable why) {
        if (leader != null) {
            LOGGER.atWarn()
                    .addKeyValue("node", environment.node())
                    .addKeyValue("epoch", metrics.epoch.get())
                    .addKeyValue("cause", why.toString())
                    .log("no longer leads the relay");
        } else {
            LOGGER.atWarn().addKeyValue("cause", why.toString()).log("the lease cannot be checked, will try again");
        }
        leader = null;
        metrics.leader.set(0);
        dispatch().end();
        var open = session;
        session = null;
        if (open != null) {
            open.close().onFailure(failure -> LOGGER.atDebug().setCause(failure).log("the session had ended already"));
        }
    }

    /** Releases the lease, so that a peer takes over at once. */
    @Override
    public Future<?> undeploy(Context context) {
        stopped = true;
        if (timer >= 0 && vertx().cancelTimer(timer)) {
            timer = -1;
        }
        return Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
                .transform(unregistered -> turn)
                .transform(ended -> dispatch().flush())
                .transform(flushed -> release())
                .transform(released -> close());
    }

    private Future<Void> release() {
        var open = session;
        var leading = leader;
        leader = null;
        metrics.leader.set(0);
        return open == null || leading == null
                ? Future.succeededFuture()
                : new LeaderLeaseTable(open).release(leading.epoch()).timeout(1, TimeUnit.SECONDS);
    }

    private Future<Void> close() {
        var open = session;
        session = null;
        return dispatch()
                .close()
                .transform(closed -> open == null ? Future.<Void>succeededFuture() : open.close())
                .transform(closed -> Objects.requireNonNull(readers).close())
                .onFailure(failure -> LOGGER.atWarn().setCause(failure).log("the relay did not close cleanly"));
    }
}
