package dev.skelly.work;

import static org.awaitility.Awaitility.await;

import dev.skelly.event.Event;
import dev.skelly.feature.Worker;
import dev.skelly.relay.RelayConfig;
import dev.skelly.relay.RelayNode;
import dev.skelly.testing.LampEvent;
import dev.skelly.testing.TestBroker;
import dev.skelly.testing.TestDatabase;
import dev.skelly.testing.Waiting;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Figures of the relay and the work role, to be run by name: {@code mvn failsafe:integration-test -Dit.test=FlowFigures}. No test: it
 * asserts nothing.
 */
class FlowFigures {

    private static final Logger LOGGER = LoggerFactory.getLogger(FlowFigures.class);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Worker LIGHTER = LampRoom.worker("lighter", LampRoom::noted);

    private TestDatabase database;
    private TestBroker broker;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh("work", "audit");
        database.execute(LampRoom.TABLE);
        broker = TestBroker.start();
    }

    @AfterEach
    void close() {
        broker.close();
        database.close();
    }

    @Test
    void stamping() {
        fill(100_000);
        try (var node = relay(List.of())) {
            var started = System.nanoTime();
            node.start();
            await().atMost(LONG).pollInterval(Duration.ofMillis(5)).until(() -> head() == 100_000);
            tell("stamped a second", rate(100_000, started));
        }
    }

    @Test
    void dispatching() {
        fill(50_000);
        database.execute("insert into relay_checkpoint values ('lighter', 0, 0)");
        try (var node = relay(List.of())) {
            node.start();
            await().atMost(LONG).until(() -> head() == 50_000);
        }
        try (var node = relay(List.of(LIGHTER))) {
            var started = System.nanoTime();
            node.start();
            await().atMost(LONG)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> number("select position from relay_checkpoint") == 50_000);
            tell("dispatched a second", rate(50_000, started));
        }
    }

    @Test
    void working() {
        var config = new WorkConfig(
                16,
                WorkConfig.DEFAULT.timeout(),
                WorkConfig.DEFAULT.retry(),
                WorkConfig.DEFAULT.poll(),
                WorkConfig.DEFAULT.claim(),
                WorkConfig.DEFAULT.drain(),
                WorkConfig.DEFAULT.keepDone());
        fill(10_000);
        database.execute("insert into relay_checkpoint values ('lighter', 0, 0)");
        try (var node = new WorkNode("a", database, broker.address(), config, List.of(LIGHTER), true)) {
            var started = System.nanoTime();
            node.start();
            await().atMost(LONG)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> number("select count(*) from inbox where state = 'done'") == 10_000);
            tell("worked off a second", rate(10_000, started));
            var latencies = new ArrayList<Long>();
            for (var lamp = 0; lamp < 200; lamp++) {
                latencies.add(stampLatency(node, new LampEvent.Lit("late" + lamp, 1)));
            }
            tell("append to stamped, p50 in microseconds", percentile(latencies, 50));
            tell("append to stamped, p99 in microseconds", percentile(latencies, 99));
        }
    }

    @Test
    void stampingUnderADump() throws SQLException {
        try (var dump = snapshot();
                var node =
                        new WorkNode("a", database, broker.address(), WorkNode.config(LONG, LONG), List.of(), false)) {
            node.start();
            tell("held by", dump.isClosed() ? 0 : 1);
            for (var round = 1; round <= 5; round++) {
                fill(40_000);
                var filled = round * 40_000;
                await().atMost(LONG).until(() -> head() >= filled);
            }
            var latencies = new ArrayList<Long>();
            await().during(Duration.ofSeconds(3)).until(() -> true);
            for (var lamp = 0; lamp < 100; lamp++) {
                latencies.add(stampLatency(node, new LampEvent.Lit("late" + lamp, 1)));
            }
            tell("under a dump, append to stamped, p50 in microseconds", percentile(latencies, 50));
            tell("under a dump, append to stamped, p99 in microseconds", percentile(latencies, 99));
            var started = System.nanoTime();
            var none = number("select count(*) from event where position is null and seq > 0");
            tell("under a dump, one look from the start in microseconds", (System.nanoTime() - started) / 1_000 + none);
        }
    }

    private long stampLatency(WorkNode node, Event event) {
        var started = System.nanoTime();
        var seq = Waiting.on(node.lamps().append(event)).hashCode() * 0L + number("select max(seq) from event");
        while (number("select count(*) from event where position is null and seq = " + seq) > 0) {
            Thread.onSpinWait();
        }
        return (System.nanoTime() - started) / 1_000;
    }

    private RelayNode relay(List<Worker> workers) {
        return new RelayNode("a", database, broker.address(), RelayConfig.DEFAULT, workers);
    }

    private Connection snapshot() throws SQLException {
        var address = database.address();
        var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        tell("events at the snapshot", connection.createStatement().execute("select count(*) from event") ? 0 : 1);
        return connection;
    }

    private void fill(int rows) {
        database.execute("""
                insert into event (id, type, source, subject, subject_version, correlation, time, channels, data)
                select gen_random_uuid(), 'lamp.lit', '/skelly/lamps', 'lamp:' || n, 1, gen_random_uuid(), now(), array['public'],
                  jsonb_build_object('lamp', n::text, 'watts', 40)
                from generate_series(1, %d) n
                """.formatted(rows));
    }

    private long head() {
        return number("select log_head()");
    }

    private long number(String query) {
        return Waiting.on(database.pool()
                .query(query)
                .execute()
                .map(rows -> rows.iterator().next().getLong(0)));
    }

    private static long rate(int events, long startedNanos) {
        return events * 1_000_000_000L / (System.nanoTime() - startedNanos);
    }

    private static long percentile(List<Long> values, int percent) {
        return values.stream()
                .sorted()
                .skip((long) values.size() * percent / 100)
                .findFirst()
                .orElseThrow();
    }

    private static void tell(String what, long figure) {
        LOGGER.atWarn().addKeyValue("figure", figure).log(what);
    }
}
