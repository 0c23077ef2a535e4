package dev.skelly.worker;

import dev.skelly.broker.ReconnectBackoff;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Suspends work while the database is unavailable: callers wait here instead of retrying on their own. Confined to one context. */
final class DatabaseCircuitBreaker {

    private static final Logger LOGGER = LoggerFactory.getLogger(DatabaseCircuitBreaker.class);
    private static final Duration PROBE_FIRST = Duration.ofMillis(250);
    private static final Duration PROBE_MAX = Duration.ofSeconds(2);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

    private static final String LOCKED = "55P03"; // PostgreSQL, appendix A: lock not available

    private final Vertx vertx;
    private final SqlClient sql;
    private final ReconnectBackoff backoff;
    private final List<Promise<Void>> waiting =
            new ArrayList<>(); // Confined to the owner's context, like the fields below.
    private boolean open = true;
    private boolean stopped;

    DatabaseCircuitBreaker(Vertx vertx, SqlClient sql, RandomGenerator random) {
        this.vertx = vertx;
        this.sql = sql;
        this.backoff = new ReconnectBackoff(PROBE_FIRST, PROBE_MAX, random);
    }

    boolean open() {
        return open;
    }

    /** Completes once the database responds; fails when this part stops first. */
    Future<Void> opened() {
        if (stopped) {
            return Future.failedFuture("the work role stops");
        }
        if (open) {
            return Future.succeededFuture();
        }
        var promise = Promise.<Void>promise();
        waiting.add(promise);
        return promise.future();
    }

    /**
     * Suspends work after a database failure until the database responds. A lock that was not obtained in time suspends nothing: it concerns
     * one row, and its statement has waited already.
     */
    void close(Throwable why) {
        if (!open || stopped || isLocked(why)) {
            return;
        }
        open = false;
        LOGGER.atWarn().addKeyValue("cause", why.toString()).log("work pauses until the database responds");
        later();
    }

    private static boolean isLocked(Throwable why) {
        return why instanceof PgException refusal && LOCKED.equals(refusal.getSqlState());
    }

    private void later() {
        vertx.setTimer(backoff.nextMillis(), timer -> probe());
    }

    private void probe() {
        if (stopped) {
            return;
        }
        sql.query("select 1")
                .execute()
                .timeout(PROBE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(answer -> reopen())
                .onFailure(failure -> later());
    }

    private void reopen() {
        open = true;
        backoff.reset();
        LOGGER.atInfo().log("work resumes");
        release().forEach(Promise::tryComplete);
    }

    /** Fails all current and future waiters. */
    void stop() {
        stopped = true;
        release().forEach(promise -> promise.tryFail("the work role stops"));
    }

    private List<Promise<Void>> release() {
        var released = List.copyOf(waiting);
        waiting.clear();
        return released;
    }
}
