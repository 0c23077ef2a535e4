package dev.skelly.command;

import dev.skelly.eventlog.StaleVersionException;
import dev.skelly.feature.Problem;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Maps database failures that a caller can act on to problems. */
final class DatabaseErrors {

    private static final Duration AWAY = Duration.ofSeconds(2);

    /*
     * https://www.postgresql.org/docs/18/errcodes-appendix.html: connection failures (08), resources (53), operator intervention or a time
     * limit (57), a read-only standby (25006).
     */
    private static final Set<String> AWAY_CLASSES = Set.of("08", "53", "57");

    private static final Set<String> AWAY_STATES = Set.of("25006");

    /* A lock that was not obtained in time. */
    private static final String LOCK_STATE = "55P03";

    private static final Set<String> RETRY_STATES = Set.of("40001", "40P01");
    private static final Set<String> TEXT_STATES = Set.of("22021", "22P05");
    private static final String TIME_STATE = "22008";

    private DatabaseErrors() {}

    /** Maps a failure to a problem; empty when it is a bug. */
    static Optional<Problem> of(Throwable failure) {
        if (failure instanceof Problem problem) {
            return Optional.of(problem);
        }
        if (failure instanceof StaleVersionException stale) {
            return Optional.of(Problem.conflict("stale-version", String.valueOf(stale.getMessage())));
        }
        if (failure instanceof PgException refusal) {
            return of(String.valueOf(refusal.getSqlState()));
        }
        // The client reports a lost or missing connection and a full pool with these two types.
        return failure instanceof IOException || failure instanceof VertxException
                ? Optional.of(away())
                : Optional.empty();
    }

    private static Optional<Problem> of(String state) {
        if (LOCK_STATE.equals(state)) {
            return Optional.of(Problem.locked());
        }
        if (AWAY_STATES.contains(state)
                || RETRY_STATES.contains(state)
                || (state.length() == 5 && AWAY_CLASSES.contains(state.substring(0, 2)))) {
            return Optional.of(away());
        }
        if (state.equals(TIME_STATE)) {
            return Optional.of(Problem.invalid("#", "range", "must have times that the database can store"));
        }
        return TEXT_STATES.contains(state)
                ? Optional.of(Problem.invalid("#", "character", "text without the NUL character"))
                : Optional.empty();
    }

    /** Returns whether the transaction lost against another and may run again. */
    static boolean worthRunningAgain(Throwable failure) {
        return failure instanceof PgException refusal && RETRY_STATES.contains(String.valueOf(refusal.getSqlState()));
    }

    /** Returns the problem of a database that is unreachable or overloaded. */
    static Problem away() {
        return Problem.unavailable("the database is unavailable or overloaded; try again", AWAY);
    }

    /** Returns the problem of a node with too many running requests. */
    static Problem full() {
        return Problem.unavailable("too many requests are running; try again", Duration.ofSeconds(1));
    }
}
