package dev.skelly.cli;

import dev.skelly.config.Settings;
import dev.skelly.config.SettingsFault;
import dev.skelly.config.StartFault;
import io.vertx.core.Future;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs something until the process is told to end, and ends it well.
 *
 * <p>The end is the same whether a signal or a failure brings it: the JVM's shutdown begins, what runs is stopped in its own order, and
 * the process exits with our code instead of the signal's number.
 */
final class Serving {

    private static final Logger LOGGER = LoggerFactory.getLogger(Serving.class);
    private static final Duration START_TIME_MAX =
            Duration.ofMinutes(2); // A stop during the start waits for the start.

    private final Product product;
    private final PrintWriter out;
    private final AtomicInteger code = new AtomicInteger(Program.OK);

    Serving(Product product, PrintWriter out) {
        this.product = product;
        this.out = out;
    }

    /** Runs a node; returns only when it could not start or can no longer go on. */
    int run(Settings settings) throws InterruptedException {
        var starting = product.serve(settings);
        atEnd(() -> stop(starting));
        var failed = Waiting.forEnd(starting, START_TIME_MAX)
                ? starting.cause()
                : new IllegalStateException("the start hangs");
        if (failed instanceof SettingsFault fault) {
            code.set(Program.USAGE);
            throw fault;
        }
        if (failed instanceof StartFault fault) {
            code.set(Program.FAILURE);
            throw fault;
        }
        if (failed != null) {
            code.set(Program.FAILURE);
            LOGGER.atError().setCause(failed).log("the node did not start");
            return Program.FAILURE;
        }
        var running = starting.result();
        out.println("skelly ready " + running.url());
        running.greeting().forEach(line -> out.println("  " + line));
        out.flush();
        return awaitBroken(running.broken());
    }

    /** Runs the embedded servers; returns only when they can no longer go on. */
    int runServices(Settings settings, Set<Product.Service> which) throws InterruptedException {
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
        var why = Waiting.of(broken);
        code.set(Program.FAILURE);
        LOGGER.atError().addKeyValue("why", why).log("it cannot go on");
        return Program.FAILURE;
    }

    private boolean stop(Future<Product.Running> starting) throws InterruptedException {
        if (!Waiting.forEnd(starting, START_TIME_MAX)) {
            return false;
        }
        return starting.failed()
                || Waiting.forEnd(starting.result().stop(), starting.result().grace());
    }

    private interface End {

        /** Whether all was stopped in time. */
        boolean run() throws InterruptedException;
    }

    private void atEnd(End end) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(end), "end"));
    }

    private void end(End end) {
        try {
            if (!end.run()) {
                LOGGER.atError().log("not everything stopped in time");
                code.set(Program.FAILURE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.atError().setCause(e).log("the end failed");
            code.set(Program.FAILURE);
        }
        // Without this the exit code would be that of the signal, 143.
        Runtime.getRuntime().halt(code.get());
    }
}
