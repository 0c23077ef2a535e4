package dev.skelly.worker;

import static dev.skelly.worker.WorkerFixture.MINUTE;
import static dev.skelly.worker.WorkerFixture.SOON;
import static dev.skelly.worker.WorkerFixture.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.broker.BrokerAddress;
import dev.skelly.broker.CloudEventMessage;
import dev.skelly.event.StoredEvent;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.relay.RelayConfig;
import dev.skelly.relay.RelayNode;
import dev.skelly.testing.LampEvent;
import dev.skelly.testing.Lamps;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testkit.TemporaryFolder;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A log of lamps that a relay hands over, and the nodes and processes that work on it. Blocks.
 *
 * <p>Invariant of every test: in the end each event has one effect and one record, and nothing else is left of its work but dead letters.
 */
final class GroupStage implements AutoCloseable {

    static final String QUEUE = CloudEventMessage.queue(WORKER);

    /** The largest group of a worker with effects outside the database. */
    static final int CLAIMED_MAX = 16;

    /** The messages of such a worker that a node holds. */
    static final int WINDOW = 4 * CLAIMED_MAX;

    private static final int AT_ONCE = 100;

    private final WorkerFixture stage = new WorkerFixture();
    private final Path folder = TemporaryFolder.make("skelly-groups");
    private final List<SkellyProcess> processes = new ArrayList<>();
    private final RelayNode relay;
    private final Lamps lamps;
    private int lit;

    /**
     * Starts the relay.
     *
     * @param dispatching whether it sends messages, or the test does
     */
    GroupStage(boolean dispatching) {
        var workers = List.of(LampFeature.worker(WORKER, LampFeature::noted));
        relay = new RelayNode(
                "relay",
                stage.database(),
                stage.broker().address(),
                RelayConfig.DEFAULT,
                dispatching ? workers : List.of());
        lamps = new Lamps(stage.database().pool(), LampEvent.eventTypes(), seq -> {});
        relay.start();
        await().until(() -> relay.relay().leads());
    }

    /** Three attempts, and a claim of this length. */
    static WorkerConfig config(Duration claim) {
        return config(claim, MINUTE, SOON, SOON);
    }

    static WorkerConfig config(Duration claim, Duration timeout, Duration... retry) {
        return new WorkerConfig(
                CLAIMED_MAX,
                64,
                256,
                8 * 1_024 * 1_024,
                timeout,
                List.of(retry),
                Duration.ofMillis(50),
                claim,
                Duration.ofSeconds(5),
                Duration.ofDays(1));
    }

    /** The nodes, the broker and the database. */
    WorkerFixture fixture() {
        return stage;
    }

    /** Emits events of lamps with consecutive numbers; returns when they are stamped. */
    void light(int count) {
        var before = lamps.head();
        for (var left = count; left > 0; left -= AT_ONCE) {
            lamps.append(IntStream.range(0, Math.min(left, AT_ONCE))
                    .mapToObj(each -> new LampEvent.Lit(Integer.toString(lit++), 40))
                    .toList());
        }
        await().until(() -> lamps.head() == before + count);
    }

    /** The same; returns when the broker has their messages. */
    void handOver(int count) {
        var before = lamps.head();
        light(count);
        await().until(() -> number("select position from relay_checkpoint") == before + count);
    }

    /** The events of the log. */
    List<StoredEvent> events() {
        return lamps.all();
    }

    /** The number of an event's lamp. */
    static int lamp(EventDelivery delivery) {
        return Integer.parseInt(delivery.subject().substring("lamp:".length()));
    }

    /** Starts a process that a test can kill. */
    SkellyProcess process(boolean commandsOnly, boolean held) {
        return process(commandsOnly, held, stage.broker().address());
    }

    SkellyProcess process(boolean commandsOnly, boolean held, BrokerAddress broker) {
        return process(commandsOnly, held, broker, -1);
    }

    /** Starts a process that the event of a lamp ends. */
    SkellyProcess fatal(boolean commandsOnly, int lamp) {
        return process(commandsOnly, false, stage.broker().address(), lamp);
    }

    private SkellyProcess process(boolean commandsOnly, boolean held, BrokerAddress broker, int fatal) {
        var started = WorkerProcess.start(folder, stage.database().address(), broker, commandsOnly, held, fatal);
        processes.add(started);
        return started;
    }

    /** Starts a node in this process. */
    @CanIgnoreReturnValue // many a test only wants it to run
    WorkerNode work(boolean commandsOnly, Function<EventDelivery, Future<WorkResult>> work) {
        return work(config(Duration.ofSeconds(5)), commandsOnly, work);
    }

    @CanIgnoreReturnValue // many a test only wants it to run
    WorkerNode work(WorkerConfig config, boolean commandsOnly, Function<EventDelivery, Future<WorkResult>> work) {
        return stage.node(false, config, commandsOnly, work).startWork();
    }

    /** A lock that stops others. */
    final class Lock implements AutoCloseable {

        private final java.sql.Connection connection;

        private Lock(String table, String mode) {
            try {
                var address = stage.database().address();
                connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                connection.setAutoCommit(false);
                try (var sql = connection.createStatement()) {
                    sql.execute("lock table " + table + " in " + mode + " mode");
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            try {
                connection.rollback();
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    Lock lock(String table, String mode) {
        return new Lock(table, mode);
    }

    /** Waits until a statement that begins so waits for a lock. */
    void awaitBlocked(String statement) {
        await().failFast(this::newestEnded)
                .until(() -> number("select count(*) from pg_stat_activity where datname = current_database()"
                                + " and wait_event_type = 'Lock' and starts_with(query, '" + statement + "')")
                        > 0);
    }

    /** Waits until a process has claimed a group. */
    void awaitClaimed() {
        await().failFast(this::newestEnded).until(() -> claimed() > 0);
    }

    private void newestEnded() {
        var newest = processes.get(processes.size() - 1);
        if (!newest.alive()) {
            throw new AssertionError("the process ended\n" + newest.output());
        }
    }

    /** Waits until the database has ended every transaction, those of dead processes included. */
    void awaitQuiet() {
        await().until(() -> number("select count(*) from pg_stat_activity where datname = current_database()"
                        + " and xact_start is not null and pid <> pg_backend_pid()")
                == 0);
    }

    /** How many events are in claimed groups. */
    long claimed() {
        return number("select coalesce(sum(cardinality(events)), 0) from work_group");
    }

    long number(String query) {
        return stage.number(query);
    }

    /** Waits until everything ended; checks the invariant. */
    void doneOnce(int count, int dead) {
        await().ignoreExceptions().until(() -> number("select count(*) from work_done") == count);
        await().until(() -> number("select count(*) from inbox where state = 'dead'") == dead);
        await().until(() -> number("select (select count(*) from work_group)"
                        + " + (select count(*) from inbox where state <> 'dead')")
                == 0);
        await().until(() -> stage.broker().messages(QUEUE) == 0);
        assertThat(number("select count(*) from effect")).isEqualTo(count);
        assertThat(number("select count(distinct event) from effect")).isEqualTo(count);
        assertThat(number("select count(*) from work_done")).isEqualTo(count);
        assertThat(stage.broker().messages("skelly.dead." + WORKER)).isZero();
    }

    @Override
    public void close() {
        processes.forEach(SkellyProcess::close);
        stage.close();
        relay.close();
        TemporaryFolder.delete(folder);
    }
}
