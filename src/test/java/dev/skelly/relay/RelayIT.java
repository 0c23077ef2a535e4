package dev.skelly.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.broker.CloudEventMessage;
import dev.skelly.bus.Buckets;
import dev.skelly.bus.Channels;
import dev.skelly.bus.Interest;
import dev.skelly.bus.LiveBatch;
import dev.skelly.event.Envelope;
import dev.skelly.feature.Delivery;
import dev.skelly.feature.Outcome;
import dev.skelly.feature.Worker;
import dev.skelly.testing.LampEvent;
import dev.skelly.testing.Lamps;
import dev.skelly.testing.TestBroker;
import dev.skelly.testing.TestDatabase;
import dev.skelly.testing.TestQueue;
import dev.skelly.testing.Waiting;
import io.vertx.core.Future;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayIT {

    private static final Worker LIGHTER = new Worker() {
        @Override
        public String name() {
            return "lighter";
        }

        @Override
        public Set<String> types() {
            return Set.of("lamp.lit");
        }

        @Override
        public Future<Outcome> work(Delivery delivery) {
            return Future.succeededFuture(Outcome.done());
        }
    };

    private final List<RelayNode> nodes = new ArrayList<>();
    private TestDatabase database;
    private TestBroker broker;
    private Lamps lamps;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh();
        broker = TestBroker.start();
        lamps = new Lamps(database.pool(), LampEvent.catalogue(), seq -> {});
    }

    @AfterEach
    void close() {
        nodes.forEach(RelayNode::close);
        broker.close();
        database.close();
    }

    @Test
    void givesDensePositionsInTheOrderOfEachSubject() {
        // Given
        node("a").start();

        // When
        for (var round = 0; round < 5; round++) {
            lamps.light(50);
        }

        // Then
        await().until(() -> lamps.head() == 250);
        var all = lamps.all();
        assertThat(all)
                .extracting(Envelope::position)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 250).boxed().toList());
        all.stream()
                .map(Envelope::subject)
                .distinct()
                .forEach(subject -> assertThat(all.stream()
                                .filter(event -> event.subject().equals(subject))
                                .map(Envelope::subjectVersion))
                        .containsExactly(1L, 2L, 3L, 4L, 5L));
    }

    @Test
    void letsOnlyOneOfTwoNodesLead() {
        // Given
        var first = node("a").start();
        var second = node("b").start();

        // When
        lamps.light(100);

        // Then
        await().until(() -> lamps.head() == 100);
        assertThat(first.relay().leads()).isTrue();
        assertThat(second.relay().leads()).isFalse();
        assertThat(second.meter("skelly.relay.stamped")).isZero();
    }

    @Test
    void stampsNothingAfterTheLeaseWasTakenAway() throws SQLException {
        // Given
        var node = node("a").start();
        await().until(() -> node.relay().leads());

        // When
        try (var other = thief()) {
            var taken = other.createStatement()
                    .executeUpdate(
                            "update relay_lease set epoch = epoch + 1, holder = 'thief', backend = pg_backend_pid(), "
                                    + "seen = clock_timestamp() + interval '1 hour'");
            lamps.light(10);

            // Then
            assertThat(taken).isOne();
            await().until(() -> !node.relay().leads());
            assertThat(lamps.head()).isZero();
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> lamps.head() == 10);
    }

    @Test
    void endsAStoppedHoldersSessionAndTakesOver() throws SQLException {
        // Given
        try (var stopped = thief()) {
            stopped.setAutoCommit(false);
            var taken = stopped.createStatement()
                    .executeUpdate(
                            "update relay_lease set epoch = epoch + 1, holder = 'stopped', backend = pg_backend_pid(), "
                                    + "seen = clock_timestamp() - interval '1 hour'");
            stopped.commit();
            assertThat(taken).isOne();
            assertThat(stopped.createStatement().execute("select from relay_lease for update"))
                    .isTrue();

            // When
            lamps.light(10);
            node("a").start();

            // Then
            await().atMost(Duration.ofSeconds(5)).until(() -> lamps.head() == 10);
            assertThat(stopped.isValid(1)).isFalse();
        }
    }

    @Test
    void handsOverWithinASecondWhenItStopsInGoodOrder() {
        // Given
        var first = node("a").start();
        var second = node("b").start();
        await().until(() -> first.relay().leads());

        // When
        var started = System.nanoTime();
        first.stop();
        await().pollInterval(Duration.ofMillis(10)).until(() -> second.relay().leads());

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(1));
        lamps.light(5);
        await().until(() -> lamps.head() == 5);
    }

    @Test
    void leadsAgainAfterItsSessionWasKilled() {
        // Given
        var node = node("a").start();
        await().until(() -> node.relay().leads());

        // When
        database.execute("select pg_terminate_backend(backend) from relay_lease");
        lamps.light(5);

        // Then
        await().atMost(Duration.ofSeconds(5)).until(() -> lamps.head() == 5);
        assertThat(node.meter("skelly.relay.failovers")).isEqualTo(2);
    }

    @Test
    void leadsOnOverAnEventOfATimeBeyondAllNumbers() {
        // Given
        lamps.light(1);
        database.execute("update event set time = 'infinity'");

        // When
        var node = node("a").start();
        await().until(() -> lamps.head() == 1);
        lamps.light(5);

        // Then
        await().until(() -> lamps.head() == 6);
        assertThat(node.meter("skelly.relay.failovers")).isEqualTo(1);
    }

    @Test
    void sendsANodeAChainOfBatchesOfItsBuckets() {
        // Given
        var node = node("a").start();
        var batches = Collections.synchronizedList(new ArrayList<LiveBatch>());
        Waiting.on(
                node.bus().subscribe(Channels.LIVE.at("reader"), batches::add).completion());
        node.bus().publish(Channels.INTEREST, new Interest("reader", 7, List.of(Buckets.of("public")), false));

        // When
        lamps.light(30);
        Waiting.on(lamps.append(new LampEvent.Failed("1", "broken")));
        lamps.light(30);

        // Then
        await().until(() ->
                !batches.isEmpty() && batches.get(batches.size() - 1).to() == 61);
        var head = 0L;
        var events = 0;
        for (var batch : batches) {
            assertThat(batch.from()).isEqualTo(head);
            assertThat(batch.interest()).isEqualTo(7);
            assertThat(batch.events()).noneMatch(event -> event.type().equals("lamp.failed"));
            head = batch.to();
            events += batch.events().size();
        }
        assertThat(events).isEqualTo(60);
    }

    @Test
    void handsEachEventToTheBrokerOnceAcrossABrokerRestart() {
        // Given
        var node = node("a").start();
        await().until(() -> node.relay().leads());
        lamps.light(200);
        await().until(() -> checkpoint() == 200);

        // When
        broker.stop();
        lamps.light(100);
        Waiting.on(lamps.append(new LampEvent.Failed("1", "broken")));
        await().until(() -> lamps.head() == 301);
        assertThat(checkpoint()).isEqualTo(200);
        broker.startAgain();

        // Then
        await().atMost(Duration.ofSeconds(20)).until(() -> checkpoint() == 301);
        try (var queue = queue().receive()) {
            await().until(() -> queue.received().size() >= 300);
            var ids = queue.received().stream().map(message -> message.id()).toList();
            assertThat(new HashSet<>(ids)).hasSize(300);
            assertThat(ids).hasSize(300);
            assertThat(queue.received()).allMatch(message -> message.isDurable());
        }
    }

    @Test
    void isNotTakenTwiceByTheBrokerWhenItSendsAgain() throws CloudEventMessage.Unreadable {
        // Given
        var first = node("a").start();
        await().until(() -> first.relay().leads());
        lamps.light(50);
        await().until(() -> checkpoint() == 50);
        first.stop();

        // When
        database.execute("update relay_checkpoint set position = 0");
        var second = node("b").start();
        await().until(() -> second.relay().leads() && checkpoint() == 50);
        lamps.light(1);
        await().until(() -> checkpoint() == 51);

        // Then
        try (var queue = queue().receive()) {
            await().until(() -> queue.received().size() >= 51);
            assertThat(queue.received()).hasSize(51);
            var event = CloudEventMessage.read(queue.received().get(50));
            assertThat(event.position()).isEqualTo(51);
            assertThat(event.type()).isEqualTo("lamp.lit");
        }
    }

    private RelayNode node(String name) {
        var node = new RelayNode(name, database, broker.address(), RelayConfig.DEFAULT, List.of(LIGHTER));
        nodes.add(node);
        return node;
    }

    private TestQueue queue() {
        return new TestQueue(database.vertx(), broker.address(), CloudEventMessage.queue(LIGHTER.name()));
    }

    private java.sql.Connection thief() throws SQLException {
        var address = database.address();
        return DriverManager.getConnection(
                address.jdbcUrl() + "&ApplicationName=" + LeaseTable.APPLICATION, address.user(), address.password());
    }

    private long checkpoint() {
        return Waiting.on(database.pool()
                .query("select coalesce(min(position), -1) from relay_checkpoint")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0)));
    }
}
