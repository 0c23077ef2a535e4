package dev.skelly.worker;

import dev.skelly.broker.BrokerAddress;
import dev.skelly.database.DatabaseAddress;
import dev.skelly.database.DatabaseConfig;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.testing.SkellyProcess;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A work role with one worker of lamps in a process of its own. It ends with its standard input, so it does not outlive a test. */
final class WorkerProcess {

    /** How long a claim lasts there; short, because a test waits for its end. */
    static final Duration CLAIM = Duration.ofSeconds(1);

    /* Short, because a process that stands still keeps its locks for so long. */
    private static final DatabaseConfig LIMITS = new DatabaseConfig(
            10, 200, Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(2), 512);
    private static final CountDownLatch RELEASED = new CountDownLatch(1);

    private WorkerProcess() {}

    /**
     * Starts it.
     *
     * @param held whether its node stands still in the first event until it is told a line
     * @param fatal number of the lamp whose event ends the process; -1 for none
     */
    static SkellyProcess start(
            Path folder,
            DatabaseAddress database,
            BrokerAddress broker,
            boolean commandsOnly,
            boolean held,
            int fatal) {
        return SkellyProcess.start(
                WorkerProcess.class,
                folder,
                "worker",
                List.of(
                        database.host(),
                        Integer.toString(database.port()),
                        database.database(),
                        database.user(),
                        database.password(),
                        broker.host(),
                        Integer.toString(broker.port()),
                        broker.user(),
                        broker.password(),
                        Boolean.toString(commandsOnly),
                        Boolean.toString(held),
                        Integer.toString(fatal)));
    }

    /** Runs until it is killed. */
    public static void main(String[] given) throws IOException {
        var database = new DatabaseAddress(given[0], Integer.parseInt(given[1]), given[2], given[3], given[4], false);
        var broker = new BrokerAddress(given[5], Integer.parseInt(given[6]), given[7], given[8]);
        var held = Boolean.parseBoolean(given[10]);
        var fatal = Integer.parseInt(given[11]);
        var worker = LampFeature.worker(WorkerFixture.WORKER, Boolean.parseBoolean(given[9]), delivery -> {
            if (GroupStage.lamp(delivery) == fatal) {
                Runtime.getRuntime().halt(2);
            }
            return held ? whenReleased(delivery) : LampFeature.noted(delivery);
        });
        try (var node =
                new WorkerNode("process", database, LIMITS, broker, GroupStage.config(CLAIM), List.of(worker), false)) {
            node.startWork();
            if (System.in.read() >= 0) {
                RELEASED.countDown();
            }
            while (System.in.read() >= 0) {} // The end of the test.
            Runtime.getRuntime().halt(1);
        }
    }

    /* Blocks the whole node on purpose: it neither renews nor commits anything. */
    private static Future<WorkResult> whenReleased(EventDelivery delivery) {
        try {
            RELEASED.await();
            return LampFeature.noted(delivery);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Future.failedFuture(e);
        }
    }
}
