package dev.skelly.node;

import dev.skelly.eventlog.CursorCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the codec of the log's cursors. Reads the identity of the log again and again, because the operator may change the epoch while nodes
 * run. Safe on any thread.
 */
final class EpochWatch {

    private static final Logger LOGGER = LoggerFactory.getLogger(EpochWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final SqlClient sql;
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile @Nullable CursorCodec codec; // Written before anything that asks is deployed.
    private volatile long timer = -1;

    EpochWatch(Vertx vertx, SqlClient sql) {
        this.vertx = vertx;
        this.sql = sql;
    }

    /** Reads the identity of the log, and then again every 2 s. */
    Future<Void> start() {
        return read().onSuccess(known -> timer = vertx.setPeriodic(EVERY.toMillis(), tick -> readAgain()));
    }

    private void readAgain() {
        if (reading.compareAndSet(false, true)) {
            read().onComplete(ended -> {
                reading.set(false);
                if (ended.failed()) {
                    LOGGER.atDebug().setCause(ended.cause()).log("the identity of the log cannot be read now");
                }
            });
        }
    }

    private Future<Void> read() {
        return CursorCodec.load(sql).map(this::use);
    }

    private Void use(CursorCodec found) {
        var known = codec;
        if (known == null) {
            codec = found;
        } else if (!known.isOfSameLog(found)) {
            codec = found;
            LOGGER.atWarn().log("the log has another epoch, cursors from before are those of another log");
        }
        return null;
    }

    /** Returns the codec of the log as it was read last. */
    CursorCodec codec() {
        return Objects.requireNonNull(codec, "start comes first");
    }

    /** Stops reading. */
    void stop() {
        vertx.cancelTimer(timer);
    }
}
