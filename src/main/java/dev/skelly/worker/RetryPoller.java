package dev.skelly.worker;

import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.LogReader;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs due retries on whichever node polls first, renews the attempts that run here, and deletes events that were done long ago. */
final class RetryPoller {

    private static final Logger LOGGER = LoggerFactory.getLogger(RetryPoller.class);
    private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int FORGET_ROWS = 5_000; // Per worker.

    private final Vertx vertx;
    private final SqlClient sql;
    private final LogReader reader;
    private final InboxTable inbox;
    private final WorkExecutor runs;
    private final DatabaseCircuitBreaker gate;
    private final WorkerConfig config;
    private final Map<String, Worker> workers;
    private final Map<String, Integer> resumed =
            new HashMap<>(); // Confined to the engine's context, like the fields below.
    private long timer;
    private long renewedNanos = System.nanoTime();
    private long forgotNanos = System.nanoTime();
    private boolean ticking;
    private boolean stopped;

    RetryPoller(
            Vertx vertx,
            SqlClient sql,
            LogReader reader,
            InboxTable inbox,
            WorkExecutor runs,
            DatabaseCircuitBreaker gate,
            WorkerConfig config,
            List<Worker> workers) {
        this.vertx = vertx;
        this.sql = sql;
        this.reader = reader;
        this.inbox = inbox;
        this.runs = runs;
        this.gate = gate;
        this.config = config;
        this.workers = workers.stream().collect(Collectors.toUnmodifiableMap(Worker::name, Function.identity()));
    }

    void start() {
        timer = vertx.setPeriodic(config.poll().toMillis(), tick -> tick());
    }

    /** Stops claiming events, but continues to renew running attempts. */
    void stop() {
        stopped = true;
    }

    void close() {
        stopped = true;
        LOGGER.atTrace().addKeyValue("cancelled", vertx.cancelTimer(timer)).log("the retry poller stops");
    }

    private void tick() {
        if (ticking || !gate.open()) {
            return;
        }
        ticking = true;
        renew().compose(done -> claim())
                .compose(done -> forget())
                .onFailure(gate::close)
                .onComplete(ended -> ticking = false);
    }

    private Future<Void> renew() {
        var now = System.nanoTime();
        var running = runs.running();
        if (running.isEmpty() || now - renewedNanos < config.claim().toNanos() / 3) {
            return Future.succeededFuture();
        }
        renewedNanos = now;
        return inbox.renew(sql, running);
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
                : inbox.claim(sql, free).compose(this::resume);
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
        LOGGER.atDebug()
                .addKeyValue("worker", due.worker())
                .addKeyValue("event", due.event())
                .addKeyValue("attempt", due.attempt())
                .addKeyValue("running", counted)
                .log("trying again");
        (event == null ? runs.missing(due) : runs.resume(worker, event, due.attempt()))
                .onFailure(gate::close)
                .onComplete(ended -> resumed.computeIfPresent(due.worker(), (name, count) -> count - 1));
    }

    private Future<Void> forget() {
        var now = System.nanoTime();
        if (now - forgotNanos < FORGET_NANOS) {
            return Future.succeededFuture();
        }
        forgotNanos = now;
        return inbox.forget(sql, workers.keySet(), FORGET_ROWS).mapEmpty();
    }
}
