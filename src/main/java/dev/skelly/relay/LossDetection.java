package dev.skelly.relay;

import dev.skelly.broker.MessageProof;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.feature.Worker;
import dev.skelly.worker.HandoverTable;
import io.vertx.amqp.AmqpConnection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the loss checks of all workers while this node leads. Confined to the relay's context. */
final class LossDetection {

    private static final Logger LOGGER = LoggerFactory.getLogger(LossDetection.class);

    private final Vertx vertx;
    private final NodeEnvironment environment;
    private final SqlClient sql;
    private final RelayConfig config;
    private final RelayMetrics metrics;
    private List<LossCheck> checks = List.of();
    private Map<String, Long> initial = Map.of();
    private ToLongFunction<String> accepted = worker -> 0;
    private @Nullable AmqpConnection connection;
    private long timer;
    private boolean prepared;
    private boolean looking;

    LossDetection(Vertx vertx, NodeEnvironment environment, SqlClient sql, RelayConfig config, RelayMetrics metrics) {
        this.vertx = vertx;
        this.environment = environment;
        this.sql = sql;
        this.config = config;
        this.metrics = metrics;
    }

    /**
     * Starts a term.
     *
     * @param proof for the messages of the term
     * @param positions where each worker's dispatch starts in this term
     * @param acceptedUpTo the position up to which the broker has accepted everything for a worker, by its name
     */
    void begin(
            List<Worker> workers,
            MessageProof proof,
            Map<String, Long> positions,
            ToLongFunction<String> acceptedUpTo) {
        checks = workers.stream()
                .map(worker -> new LossCheck(sql, WorkerInterest.of(worker), proof, config, metrics, environment))
                .toList();
        initial = positions;
        accepted = acceptedUpTo;
        prepared = false;
        var open = connection;
        if (open != null) {
            checks.forEach(check -> check.attach(open));
        }
        timer = vertx.setPeriodic(config.checkEvery().toMillis(), tick -> look());
        look();
    }

    /** Ends the term. */
    void end() {
        if (!checks.isEmpty()) {
            LOGGER.atTrace().addKeyValue("cancelled", vertx.cancelTimer(timer)).log("loss detection ends");
        }
        checks.forEach(LossCheck::end);
        checks = List.of();
    }

    void attach(AmqpConnection made) {
        connection = made;
        checks.forEach(check -> check.attach(made));
    }

    void detach() {
        connection = null;
        checks.forEach(LossCheck::detach);
    }

    private void look() {
        if (looking || checks.isEmpty()) {
            return;
        }
        looking = true;
        var mine = checks;
        prepare()
                .compose(done -> HandoverTable.all(sql))
                .compose(known -> rounds(mine, known))
                .onFailure(failure -> LOGGER.atWarn()
                        .addKeyValue("cause", failure.toString())
                        .log("accepted events cannot be compared with the inbox, will try again"))
                .onComplete(ended -> looking = false);
    }

    /* Before anything else is confirmed, a new worker gets the position at which it starts. */
    private Future<Void> prepare() {
        return prepared
                ? Future.succeededFuture()
                : HandoverTable.begin(sql, initial).onSuccess(done -> prepared = true);
    }

    private Future<Void> rounds(List<LossCheck> mine, Map<String, HandoverTable.Handover> known) {
        return Future.join(mine.stream()
                        .map(check -> check.round(known.get(check.worker()), accepted.applyAsLong(check.worker())))
                        .collect(Collectors.toList()))
                .mapEmpty();
    }
}
