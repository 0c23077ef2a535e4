package dev.skelly.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a database that is not there yet, as it is when both start at the same time. */
public final class DatabaseWait {

    private static final Logger LOGGER = LoggerFactory.getLogger(DatabaseWait.class);
    private static final long AGAIN_MILLIS = 500;
    private static final long SAY_NANOS = Duration.ofSeconds(10).toNanos();

    /* Starts, stops, recovers; has no connection left. Anything else that it answers does not change by waiting. */
    private static final Set<String> NOT_YET = Set.of("57P01", "57P02", "57P03", "53300");

    private final Vertx vertx;
    private final DatabaseAddress address;
    private final long end;
    private long say = System.nanoTime(); // Confined to the caller's context.

    private DatabaseWait(Vertx vertx, DatabaseAddress address, Duration longest) {
        this.vertx = vertx;
        this.address = address;
        this.end = System.nanoTime() + longest.toNanos();
    }

    /**
     * Completes when the database answers. Says every ten seconds in the log what it waits for.
     *
     * @return fails with the last failure after {@code longest}, and at once with one that waiting does not change, such as a wrong password
     */
    public static Future<Void> until(Vertx vertx, SqlClient sql, DatabaseAddress address, Duration longest) {
        return new DatabaseWait(vertx, address, longest).attempt(sql);
    }

    private Future<Void> attempt(SqlClient sql) {
        return sql.query("select 1").execute().<Void>mapEmpty().recover(failure -> {
            if (System.nanoTime() - end >= 0 || !mayCome(failure)) {
                return Future.failedFuture(failure);
            }
            if (System.nanoTime() - say >= 0) {
                say = System.nanoTime() + SAY_NANOS;
                LOGGER.atInfo()
                        .addKeyValue("database", address.host() + ":" + address.port())
                        .addKeyValue("answer", failure.getMessage())
                        .log("waiting for the database");
            }
            return vertx.timer(AGAIN_MILLIS).compose(later -> attempt(sql));
        });
    }

    private static boolean mayCome(Throwable failure) {
        return failure instanceof PgException answer
                ? NOT_YET.contains(answer.getSqlState())
                : !(failure instanceof SSLException);
    }
}
