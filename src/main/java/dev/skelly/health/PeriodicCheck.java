package dev.skelly.health;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Runs one check periodically and keeps its last result. */
final class PeriodicCheck {

    private static final Logger LOGGER = LoggerFactory.getLogger(PeriodicCheck.class);

    private final ReadinessCheck check;
    private volatile boolean up = true; // Until the first result, for which the start waits.
    private volatile boolean everUp;
    private volatile boolean running;

    PeriodicCheck(ReadinessCheck check) {
        this.check = check;
    }

    String name() {
        return check.name();
    }

    boolean vital() {
        return check.vital();
    }

    /** Returns what the health says about a failure. */
    Optional<String> detail() {
        return up ? Optional.empty() : check.detail();
    }

    boolean up() {
        return up;
    }

    /** Runs the check unless its last run is still in progress. Never fails. */
    @CanIgnoreReturnValue // Callers that only start the check ignore the result.
    Future<Void> run() {
        if (running) {
            return Future.succeededFuture();
        }
        running = true;
        return Future.succeededFuture()
                .compose(start -> check.check())
                .timeout(ReadinessCheck.DEADLINE_SECONDS, TimeUnit.SECONDS)
                .transform(answer -> {
                    running = false;
                    note(answer.cause());
                    return Future.succeededFuture();
                });
    }

    private void note(@Nullable Throwable failure) {
        var well = failure == null;
        if (well != up && !everUp) {
            LOGGER.atInfo()
                    .addKeyValue("check", check.name())
                    .addKeyValue("why", failure == null ? "" : failure.getMessage())
                    .log(well ? "a check succeeds" : "a check does not succeed yet");
        } else if (well != up) {
            LOGGER.atLevel(well ? Level.INFO : Level.WARN)
                    .setCause(failure)
                    .addKeyValue("check", check.name())
                    .log(well ? "a check succeeds again" : "a check fails");
        }
        up = well;
        everUp |= well;
    }
}
