package dev.skelly.cli;

import dev.skelly.config.InvalidSettingsException;
import dev.skelly.config.Settings;
import dev.skelly.config.StartException;
import io.vertx.core.Future;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a node until the process is stopped, and stops it in order.
 *
 * <p>The stop is the same after a signal and after a failure: the JVM's shutdown begins, the node stops its parts in order, and the process
 * exits with our code instead of the signal's number.
 */
final class ServeCommand {

    private static final Logger LOGGER = LoggerFactory.getLogger(ServeCommand.class);

    private final NodeControl product;
    private final PrintWriter out;
    private final AtomicInteger code = new AtomicInteger(Program.OK);
    private final AtomicBoolean toldToEnd = new AtomicBoolean();

    ServeCommand(NodeControl product, PrintWriter out) {
        this.product = product;
        this.out = out;
    }

    /** Runs a node. Returns only when it could not start or failed later. */
    int run(Settings settings) throws InterruptedException {
        var starting = product.serve(settings);
        var started = starting.running();
        atEnd(() -> Await.forEnd(starting.stop(), starting.grace()));
        var failed = Await.forEnd(started, starting.timeout()) ? started.cause() : late(starting.timeout());
        if (failed != null) {
            return notStarted(failed);
        }
        var running = started.result();
        out.println("skelly ready " + running.url());
        running.greeting().forEach(line -> out.println("  " + line));
        out.flush();
        return awaitBroken(running.broken());
    }

    private static StartException late(Duration timeout) {
        return new StartException("start.timeout: the node has not started within "
                + timeout.toString().substring(2).toLowerCase(Locale.ROOT)
                + " (expected: to be ready by then; for a large log run skelly migrate first, or allow more)");
    }

    /* A start that was stopped has not failed. */
    private int notStarted(Throwable failed) {
        if (toldToEnd.get()) {
            return code.get();
        }
        code.set(failed instanceof InvalidSettingsException ? Program.USAGE : Program.FAILURE);
        if (failed instanceof InvalidSettingsException || failed instanceof StartException) {
            throw (RuntimeException) failed;
        }
        LOGGER.atError().setCause(failed).log("the node did not start");
        return Program.FAILURE;
    }

    /** Runs the embedded servers. Returns only when they failed. */
    int runServices(Settings settings, Set<NodeControl.Service> which) throws InterruptedException {
        var services = product.services(settings, which);
        atEnd(() -> {
            services.close();
            return true;
        });
        out.print(services.settings());
        out.println("skelly services ready");
        out.flush();
        return awaitBroken(services.broken());
    }

    private int awaitBroken(Future<String> broken) throws InterruptedException {
        var why = Await.of(broken);
        code.set(Program.FAILURE);
        LOGGER.atError().addKeyValue("why", why).log("the process cannot continue");
        return Program.FAILURE;
    }

    private interface ServeEnd {

        /** Returns whether everything stopped in time. */
        boolean run() throws InterruptedException;
    }

    private void atEnd(ServeEnd end) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(end), "end"));
    }

    private void end(ServeEnd end) {
        toldToEnd.set(true);
        try {
            if (!end.run()) {
                LOGGER.atError().log("not everything stopped in time");
                code.set(Program.FAILURE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.atError().setCause(e).log("the stop failed");
            code.set(Program.FAILURE);
        }
        // Otherwise the exit code would be the signal's, 143.
        Runtime.getRuntime().halt(code.get());
    }
}
