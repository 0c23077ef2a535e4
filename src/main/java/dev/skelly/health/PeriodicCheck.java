package dev.skelly.health;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One check with what it said last. */
final class PeriodicCheck {

    private static final Logger LOGGER = LoggerFactory.getLogger(PeriodicCheck.class);
    private static final long DEADLINE_SECONDS = 2;

    private final ReadinessCheck check;
    private volatile boolean up = true; // Until the first answer, which the start waits for.
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

    boolean up() {
        return up;
    }

    /** Asks again unless the last question is still open. Never fails. */
    @CanIgnoreReturnValue // who only wants it asked needs no answer
    Future<Void> run() {
        if (running) {
            return Future.succeededFuture();
        }
        running = true;
        return Future.succeededFuture()
                .compose(start -> check.check())
                .timeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .transform(answer -> {
                    running = false;
                    note(answer.cause());
                    return Future.succeededFuture();
                });
    }

    private void note(@Nullable Throwable failure) {
        var well = failure == null;
        if (well != up) {
            LOGGER.atLevel(well ? Level.INFO : Level.WARN)
                    .setCause(failure)
                    .addKeyValue("check", check.name())
                    .log(well ? "a check is well again" : "a check fails");
        }
        up = well;
    }
}
