package dev.skelly.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.skelly.bus.BusChannels;
import dev.skelly.bus.EventsAppended;
import dev.skelly.database.ConnectionPools;
import dev.skelly.database.DatabaseConfig;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Json;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.Tx;
import dev.skelly.testing.LampEvent;
import dev.skelly.testing.Lamps;
import dev.skelly.testing.TestBroker;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Pool;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The worst that writers can do to a reader of the log, all at once: 50 of them on hot and cold subjects, several events a transaction,
 * rollbacks, transaction ids taken long before the writing, writers that hold a drawn {@code seq} open while later ones commit, a trigger
 * that makes some inserts wait in the middle, a foreign transaction in another database of the server (to the server's horizon the same
 * as a forgotten prepared one, which the product's server does not allow), and an old snapshot in this one.
 */
class OrderTortureIT {

    private static final int WRITERS = 50;
    private static final int ROUNDS = 40;
    private static final int HELD = 5;

    private static final String GAPS = """
            create function wait_inside() returns trigger language plpgsql as $$
            begin
              if new.seq % 23 = 0 then
                perform pg_advisory_lock(4711);
                perform pg_sleep(0.02);
                perform pg_advisory_unlock(4711);
              end if;
              return new;
            end $$;
            create trigger wait_inside before insert on event for each row execute function wait_inside();
            """;

    private final AtomicInteger numbers = new AtomicInteger();
    private final Set<Integer> committed = ConcurrentHashMap.newKeySet();
    private final List<Connection> foreign = new ArrayList<>();
    private TestDatabase database;
    private TestDatabase other;
    private TestBroker broker;
    private Pool pool;
    private RelayNode node;
    private Lamps lamps;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh();
        other = TestDatabase.fresh();
        broker = TestBroker.start();
        var limits = new DatabaseConfig(
                WRITERS + HELD + 2,
                1_000,
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                1_000);
        pool = ConnectionPools.open(database.vertx(), database.address(), limits);
        node = new RelayNode("a", database, broker.address(), RelayConfig.DEFAULT, List.of()).start();
        lamps = new Lamps(
                pool, LampEvent.eventTypes(), seq -> node.bus().publish(BusChannels.APPENDED, new EventsAppended(seq)));
        database.execute(GAPS);
    }

    @AfterEach
    void close() throws SQLException {
        for (var connection : foreign) {
            connection.close();
        }
        node.close();
        Waiting.on(pool.close());
        broker.close();
        database.close();
        other.close();
    }

    @Test
    void keepsOneOrderLosesNothingAndWaitsForNobody() throws SQLException {
        // Given
        var seed = Torture.seed("order");
        holdForeignTransactions();
        var release = Promise.<Void>promise();
        var held = IntStream.range(0, HELD)
                .mapToObj(writer -> holdOpen(writer, release.future()))
                .toList();
        await().until(() -> numbers.get() == HELD);
        var naive = new NaiveReader(pool);

        // When
        writeAtOnce(new Random(seed));
        var meanwhile = committed.size();
        await().until(() -> lamps.head() == meanwhile);
        release.complete();
        Waiting.on(Future.all(held));

        // Then
        await().until(() -> lamps.head() == committed.size());
        assertThat(OrderCheck.faults(lamps.all(), OrderTortureIT::number, committed))
                .as("seed %d", seed)
                .isEmpty();
        assertThat(OrderCheck.faults(Waiting.on(naive.stop()), OrderTortureIT::number, committed))
                .as("the check catches a reader that goes by seq, seed %d", seed)
                .anyMatch(fault -> fault.endsWith("was never seen"));
    }

    private void writeAtOnce(Random random) {
        Waiting.on(Future.join(IntStream.range(0, WRITERS)
                .mapToObj(writer -> write(new Random(random.nextLong()), ROUNDS))
                .toList()));
    }

    /* One in another database, with a transaction id; one here, with an old snapshot. */
    private void holdForeignTransactions() throws SQLException {
        foreign.add(hold(other, "select pg_current_xact_id()"));
        foreign.add(hold(database, "select count(*) from event"));
    }

    private static Connection hold(TestDatabase where, String statement) throws SQLException {
        var address = where.address();
        var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        assertThat(connection.createStatement().execute(statement)).isTrue();
        return connection;
    }

    /* Draws its transaction id and its seq now and commits when it is released. */
    private Future<?> holdOpen(int writer, Future<Void> released) {
        return lamps.log()
                .transact(
                        CommandContext.fresh(UUID.randomUUID()),
                        tx -> append(tx, "held-" + writer).compose(number -> released.map(number)))
                .onSuccess(done -> committed.add(done.value()));
    }

    private Future<Void> write(Random random, int rounds) {
        if (rounds == 0) {
            return Future.succeededFuture();
        }
        return round(random).transform(ended -> write(random, rounds - 1));
    }

    private Future<?> round(Random random) {
        var early = random.nextInt(4) == 0;
        var fails = random.nextInt(5) == 0;
        var subjects = random.ints(1 + random.nextInt(3), 0, 40)
                .map(subject -> subject < 30 ? subject % 3 : subject)
                .sorted()
                .boxed()
                .toList();
        return lamps.log()
                .transact(CommandContext.fresh(UUID.randomUUID()), tx -> {
                    Future<List<Integer>> appended = early
                            ? tx.sql()
                                    .query("select pg_current_xact_id(), pg_sleep(0.005)")
                                    .execute()
                                    .map(taken -> new ArrayList<>())
                            : Future.succeededFuture(new ArrayList<>());
                    for (var subject : subjects) {
                        appended = appended.compose(
                                sofar -> append(tx, "lamp-" + subject).map(number -> {
                                    sofar.add(number);
                                    return sofar;
                                }));
                    }
                    return appended.compose(sofar ->
                            fails ? Future.failedFuture("rolled back on purpose") : Future.succeededFuture(sofar));
                })
                .onSuccess(done -> committed.addAll(done.value()));
    }

    private Future<Integer> append(Tx tx, String lamp) {
        var number = numbers.incrementAndGet();
        return tx.append(new LampEvent.Lit(lamp, number)).map(number);
    }

    private static int number(StoredEvent event) {
        try {
            return Json.mapper().readValue(event.data(), LampEvent.Lit.class).watts();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
