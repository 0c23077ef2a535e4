package dev.skelly.node;

import dev.skelly.auth.FindPublicKeys;
import dev.skelly.config.StartException;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits, in a node without a database, for a node of its cluster that has the persistence role and answers. */
final class PersistenceWait {

    private static final Logger LOGGER = LoggerFactory.getLogger(PersistenceWait.class);
    private static final long AGAIN_MILLIS = 500;
    private static final long SAY_NANOS = Duration.ofSeconds(10).toNanos();

    private final Vertx vertx;
    private final Supplier<Future<Void>> question;
    private final long end;
    private long say = System.nanoTime(); // Confined to the caller's context.

    private PersistenceWait(Vertx vertx, Supplier<Future<Void>> question, Duration longest) {
        this.vertx = vertx;
        this.question = question;
        this.end = System.nanoTime() + longest.toNanos();
    }

    /** Completes when the keys of access tokens can be asked for, which is the first thing that a start without a database needs. */
    static Future<Void> until(Vertx vertx, CommandBus commands, Duration longest) {
        return until(vertx, () -> commands.query(new FindPublicKeys()).mapEmpty(), longest);
    }

    /**
     * Completes when the question is answered. Says every ten seconds in the log what it waits for.
     *
     * @param question fails with {@link Problem} 503 while no such node answers
     * @return fails with {@link StartException} after {@code longest}, and at once with any other failure of the question
     */
    static Future<Void> until(Vertx vertx, Supplier<Future<Void>> question, Duration longest) {
        return new PersistenceWait(vertx, question, longest).attempt();
    }

    private Future<Void> attempt() {
        return question.get().recover(failure -> {
            if (!(failure instanceof Problem problem) || problem.kind() != Problem.Kind.UNAVAILABLE) {
                return Future.failedFuture(failure);
            }
            if (System.nanoTime() - end >= 0) {
                return Future.failedFuture(
                        new StartException("roles: no node with persistence answers this one, which has no"
                                + " database (expected: one in the cluster within start.timeout)"));
            }
            if (System.nanoTime() - say >= 0) {
                say = System.nanoTime() + SAY_NANOS;
                LOGGER.atInfo().log("waiting for a node with persistence");
            }
            return vertx.timer(AGAIN_MILLIS).compose(later -> attempt());
        });
    }
}
