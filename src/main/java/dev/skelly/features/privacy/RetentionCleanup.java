package dev.skelly.features.privacy;

import dev.skelly.crypto.PrivacyConfig;
import dev.skelly.eventlog.DataRedaction;
import dev.skelly.eventlog.RetentionPeriods;
import dev.skelly.eventlog.StoredRetentionTable;
import dev.skelly.feature.LeaderTask;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Removes the data of events whose retention has expired, a bounded part of the log per round. All events before the first one that is still
 * retained are complete. The events after it are checked too, a few per round in a cycle, because the clock of one node may have been wrong.
 */
public final class RetentionCleanup implements LeaderTask {

    private static final int STEPS_MAX = 40; // Per type and round.
    private static final int STEPS_BEYOND = 4; // After the first retained event, where nearly all events are retained.

    private final RetentionPeriods retentions;
    private final Duration every;
    private final Map<String, Long> beyond = new ConcurrentHashMap<>(); // By type, where the next round continues.

    /** Creates the task. Its interval is in {@code config}. */
    public RetentionCleanup(RetentionPeriods retentions, PrivacyConfig config) {
        this.retentions = retentions;
        this.every = config.retentionSweep();
    }

    @Override
    public String name() {
        return "retention-sweep";
    }

    @Override
    public Duration every() {
        return every;
    }

    @Override
    public Future<Void> round(SqlClient sql) {
        return StoredRetentionTable.remember(sql, retentions.limited(), retentions.unlimited())
                .compose(remembered -> StoredRetentionTable.all(sql))
                .compose(stored ->
                        sweep(new DataRedaction(sql), retentions.and(stored).due()));
    }

    private Future<Void> sweep(DataRedaction emptying, List<RetentionPeriods.Due> all) {
        Future<Void> swept = Future.succeededFuture();
        for (var due : all) {
            swept = swept.compose(done -> emptying.marked(due.type()))
                    .compose(mark -> sweep(emptying, due, mark, STEPS_MAX));
        }
        return swept;
    }

    private Future<Void> sweep(DataRedaction emptying, RetentionPeriods.Due due, long from, int steps) {
        return emptying.empty(due.names(), due.keptFrom(), from).compose(stretch -> {
            var kept = stretch.firstKept();
            return emptying.mark(due.type(), kept.isPresent() ? kept.getAsLong() - 1 : stretch.to())
                    .compose(marked -> {
                        if (kept.isPresent()) {
                            var next = Math.max(stretch.to(), beyond.getOrDefault(due.type(), 0L));
                            return sweepBeyond(emptying, due, next, STEPS_BEYOND);
                        }
                        return stretch.end() || steps == 1
                                ? Future.succeededFuture()
                                : sweep(emptying, due, stretch.to(), steps - 1);
                    });
        });
    }

    private Future<Void> sweepBeyond(DataRedaction emptying, RetentionPeriods.Due due, long from, int steps) {
        return emptying.empty(due.names(), due.keptFrom(), from).compose(stretch -> {
            beyond.put(due.type(), stretch.end() ? 0L : stretch.to());
            return stretch.end() || steps == 1
                    ? Future.succeededFuture()
                    : sweepBeyond(emptying, due, stretch.to(), steps - 1);
        });
    }
}
