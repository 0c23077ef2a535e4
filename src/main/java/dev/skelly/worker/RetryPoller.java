package dev.skelly.worker;

import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.LogReader;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs due retries on whichever node polls first, renews the attempts and the groups that run here, takes over groups of silent nodes, and
 * deletes events that were done long ago.
 */
final class RetryPoller {

    private static final Logger LOGGER = LoggerFactory.getLogger(RetryPoller.class);
    private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LEAVING_MILLIS = 2_000;
    private static final int FORGET_ROWS = 10_000; // By one statement.
    private static final int FORGET_STATEMENTS = 50; // Per worker and round; the next round continues.

    private final Vertx vertx;
    private final Pool pool;
    private final LogReader reader;
    private final WorkTables tables;
    private final WorkExecutor runs;
    private final GroupExecutor groups;
    private final DatabaseCircuitBreaker gate;
    private final WorkerConfig config;
    private final Map<String, Worker> workers;
    private final Map<String, Long> forgotten =
            new HashMap<>(); // Confined to the engine's context, like the fields below.
    private final Map<String, Integer> resumed = new HashMap<>();
    private final Set<String> alone = new HashSet<>(); // Workers that run an event whose last attempt was abandoned.
    private long timer;
    private long renewedNanos;
    private long forgotNanos = System.nanoTime();
    private boolean ticking;
    private boolean forgetting;
    private boolean tickAgain;
    private boolean stopped;

    RetryPoller(
            Vertx vertx,
            Pool pool,
            WorkTables tables,
            WorkExecutor runs,
            GroupExecutor groups,
            DatabaseCircuitBreaker gate,
            WorkerConfig config,
            List<Worker> workers) {
        this.vertx = vertx;
        this.pool = pool;
        this.reader = new LogReader(pool);
        this.tables = tables;
        this.runs = runs;
        this.groups = groups;
        this.gate = gate;
        this.config = config;
        this.renewedNanos = System.nanoTime() - config.claim().toNanos();
        this.workers = workers.stream().collect(Collectors.toUnmodifiableMap(Worker::name, Function.identity()));
    }

    /** Starts polling. Completes after the first look, whether it succeeded or not; never fails. */
    Future<Void> start() {
        timer = vertx.setPeriodic(config.poll().toMillis(), tick -> tick());
        return look();
    }

    /** Stops claiming events, but continues to renew running attempts. */
    void stop() {
        stopped = true;
    }

    /** Ends polling, and records that this process does not work any more. */
    Future<Void> close() {
        stopped = true;
        LOGGER.atTrace().addKeyValue("cancelled", vertx.cancelTimer(timer)).log("the retry poller stops");
        return tables.nodes().left(pool).timeout(LEAVING_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Looks for due events now. */
    void tick() {
        tickAgain = ticking;
        if (!ticking && gate.open()) {
            look().onSuccess(done -> forget()).onComplete(ended -> {
                if (tickAgain) {
                    tick();
                }
            });
        }
    }

    private Future<Void> look() {
        ticking = true;
        return renew().compose(done -> takeOver())
                .compose(done -> claim())
                .timeout(CompletionHandler.DATABASE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(gate::close)
                .onComplete(ended -> ticking = false)
                .otherwiseEmpty();
    }

    private Future<Void> renew() {
        var now = System.nanoTime();
        if (now - renewedNanos < config.claim().toNanos() / 3) {
            return Future.succeededFuture();
        }
        var running = runs.running();
        var claims = groups.claims();
        renewedNanos = now;
        return tables.nodes()
                .present(pool)
                .onSuccess(groups::claimAll)
                .compose(done -> tables.inbox().endClaimsFromAhead(pool, workers.keySet()))
                .compose(done -> running.isEmpty()
                        ? Future.succeededFuture()
                        : tables.inbox().renew(pool, running))
                .compose(done -> claims.isEmpty()
                        ? Future.succeededFuture()
                        : tables.groups().renew(pool, claims));
    }

    /* One transaction, because the inbox does not take an event that is in a group. */
    private Future<Void> takeOver() {
        return stopped
                ? Future.succeededFuture()
                : pool.<Boolean>withTransaction(sql -> tables.groups()
                                .takeExpired(sql, workers.keySet())
                                .compose(expired -> abandoned(sql, expired)))
                        .compose(any -> any ? takeOver() : Future.succeededFuture());
    }

    private Future<Boolean> abandoned(SqlClient sql, List<GroupTable.ExpiredGroup> expired) {
        if (expired.isEmpty()) {
            return Future.succeededFuture(false);
        }
        var group = expired.get(0); // The statement takes one.
        var worker = workers.get(group.worker());
        LOGGER.atWarn()
                .addKeyValue("worker", group.worker())
                .addKeyValue("events", group.events().size())
                .log("a group of events is taken over from a node that fell silent");
        return tables.held()
                .abandoned(sql, group, worker != null && worker.ordered())
                .map(true);
    }

    private Future<Void> claim() {
        var free = new HashMap<String, Integer>();
        workers.keySet().forEach(worker -> {
            var slots = config.concurrency() - resumed.getOrDefault(worker, 0);
            if (slots > 0) {
                free.put(worker, slots);
            }
        });
        return stopped || free.isEmpty()
                ? Future.succeededFuture()
                : tables.inbox().claim(pool, free, alone).compose(this::resume);
    }

    private Future<Void> resume(List<InboxTable.ClaimedWork> claimed) {
        if (claimed.isEmpty()) {
            return Future.succeededFuture();
        }
        var ids = claimed.stream().map(InboxTable.ClaimedWork::event).distinct().toList();
        return reader.byIds(ids).map(found -> {
            Map<UUID, StoredEvent> events =
                    found.stream().collect(Collectors.toMap(StoredEvent::id, Function.identity()));
            claimed.forEach(due -> resume(due, events));
            return null;
        });
    }

    private void resume(InboxTable.ClaimedWork due, Map<UUID, StoredEvent> events) {
        var event = events.get(due.event());
        var worker = workers.get(due.worker());
        if (worker == null) {
            return; // Only known workers are requested.
        }
        var counted = resumed.merge(due.worker(), 1, Integer::sum);
        if (due.abandoned()) {
            alone.add(due.worker());
        }
        LOGGER.atDebug()
                .addKeyValue("worker", due.worker())
                .addKeyValue("event", due.event())
                .addKeyValue("attempt", due.attempt())
                .addKeyValue("running", counted)
                .log("trying again");
        (event == null ? runs.missing(due) : runs.resume(worker, event, due.attempt()))
                .onFailure(gate::close)
                .onComplete(ended -> {
                    resumed.computeIfPresent(due.worker(), (name, count) -> count - 1);
                    if (due.abandoned()) {
                        alone.remove(due.worker());
                        tick();
                    }
                });
    }

    /* Beside the polling, which must not wait for it: claims expire. */
    private void forget() {
        var now = System.nanoTime();
        if (forgetting || now - forgotNanos < FORGET_NANOS) {
            return;
        }
        forgetting = true;
        forgotNanos = now;
        Future<Void> done =
                tables.inbox().forget(pool, workers.keySet(), FORGET_ROWS).mapEmpty();
        for (var worker : workers.keySet()) {
            // A row of one worker that another transaction holds must not keep the rows of the others.
            done = done.compose(next -> forget(worker, FORGET_STATEMENTS).otherwise(failure -> {
                LOGGER.atDebug().setCause(failure).log("done events are forgotten later");
                return null;
            }));
        }
        done.timeout(FORGET_NANOS, TimeUnit.NANOSECONDS)
                .onFailure(failure -> LOGGER.atDebug().setCause(failure).log("done events are forgotten later"))
                .onComplete(ended -> forgetting = false);
    }

    /* Goes up through the positions, and begins again from the first one when it comes to young rows. */
    private Future<Void> forget(String worker, int statements) {
        var after = forgotten.getOrDefault(worker, 0L);
        return tables.done().forget(pool, worker, after, FORGET_ROWS).compose(range -> {
            var over = range.upTo().isEmpty() || range.kept() > FORGET_ROWS / 2;
            forgotten.put(worker, over ? 0L : range.upTo().getAsLong());
            return over || statements == 1 ? Future.succeededFuture() : forget(worker, statements - 1);
        });
    }
}
