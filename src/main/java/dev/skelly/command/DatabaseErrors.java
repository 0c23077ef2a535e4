package dev.skelly.command;

import dev.skelly.eventlog.StaleVersion;
import dev.skelly.feature.Problem;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Tells which failures of the database a caller can act on. */
final class DatabaseErrors {

    private static final Duration AWAY = Duration.ofSeconds(2);

    /*
     * https://www.postgresql.org/docs/18/errcodes-appendix.html: the connection (08), resources (53), the operator or a time limit (57),
     * a read-only standby (25006), a lock not had in time (55P03).
     */
    private static final Set<String> AWAY_CLASSES = Set.of("08", "53", "57");
    private static final Set<String> AWAY_STATES = Set.of("25006", "55P03");
    private static final Set<String> RETRY_STATES = Set.of("40001", "40P01");
    private static final Set<String> TEXT_STATES = Set.of("22021", "22P05");

    private DatabaseErrors() {}

    /** The answer to a failure; empty when it is a bug. */
    static Optional<Problem> of(Throwable failure) {
        if (failure instanceof Problem problem) {
            return Optional.of(problem);
        }
        if (failure instanceof StaleVersion stale) {
            return Optional.of(Problem.conflict("stale-version", String.valueOf(stale.getMessage())));
        }
        if (failure instanceof PgException refusal) {
            return of(String.valueOf(refusal.getSqlState()));
        }
        // The client tells of a dead or missing connection and of a full pool by these two families.
        return failure instanceof IOException || failure instanceof VertxException
                ? Optional.of(away())
                : Optional.empty();
    }

    private static Optional<Problem> of(String state) {
        if (AWAY_STATES.contains(state)
                || RETRY_STATES.contains(state)
                || (state.length() == 5 && AWAY_CLASSES.contains(state.substring(0, 2)))) {
            return Optional.of(away());
        }
        return TEXT_STATES.contains(state)
                ? Optional.of(Problem.invalid("#", "character", "text without the NUL character"))
                : Optional.empty();
    }

    /** Whether the transaction lost against another and may simply run again. */
    static boolean worthRunningAgain(Throwable failure) {
        return failure instanceof PgException refusal && RETRY_STATES.contains(String.valueOf(refusal.getSqlState()));
    }

    /** The database cannot be reached or does not keep up. */
    static Problem away() {
        return Problem.unavailable("the database is away or busy; try again", AWAY);
    }

    /** Too much is under way on this node. */
    static Problem full() {
        return Problem.unavailable("too many requests are under way; try again", Duration.ofSeconds(1));
    }
}
