package dev.skelly.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.broker.CloudEventMessage;
import dev.skelly.event.Cause;
import dev.skelly.event.Envelope;
import dev.skelly.feature.Delivery;
import dev.skelly.feature.Outcome;
import dev.skelly.feature.Problem;
import dev.skelly.testing.LampEvent;
import dev.skelly.testing.TestBroker;
import dev.skelly.testing.TestDatabase;
import dev.skelly.testing.TestQueue;
import dev.skelly.testing.Waiting;
import io.vertx.amqp.AmqpMessage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkEngineIT {

    private static final String WORKER = "lighter";
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private TestDatabase database;
    private TestDatabase other;
    private TestBroker broker;

    @SuppressWarnings("NullAway.Init") // started by each test
    private WorkNode node;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh("work");
        other = TestDatabase.fresh();
        broker = TestBroker.start();
        broker.declareQueues(List.of(WORKER));
        database.execute(LampRoom.TABLE);
    }

    @AfterEach
    void close() {
        node.close();
        broker.close();
        database.close();
        other.close();
    }

    @Test
    void doesEachEventOnce() {
        // Given
        node = start(true, WorkNode.config(MINUTE, SOON), LampRoom::noted);

        // When
        node.lamps().light(100);

        // Then
        await().until(() -> count("select count(*) from inbox where state = 'done'") == 100);
        assertThat(count("select count(*) from effect")).isEqualTo(100);
        assertThat(deliveries).hasSize(100).allMatch(delivery -> delivery.attempt() == 1);
        assertThat(deliveries).allMatch(delivery -> delivery.event() instanceof LampEvent.Lit lit && lit.watts() == 40);
    }

    @Test
    void hasOneEffectAlthoughTheEventIsDeliveredThreeTimesAndOnceMoreAfterItWasDone() {
        // Given
        node = start(false, WorkNode.config(MINUTE, SOON), LampRoom::noted);
        var event = node.stamped(new LampEvent.Lit("1", 40));

        // When
        try (var queue = queue(CloudEventMessage.queue(WORKER))) {
            queue.send(delivered(event));
            queue.send(delivered(event));
            queue.send(delivered(event));
            await().until(() -> count("select count(*) from inbox where state = 'done'") == 1);
            queue.send(delivered(event));
            var next = node.stamped(new LampEvent.Lit("2", 40));
            queue.send(delivered(next));
        }

        // Then
        await().until(() -> count("select count(*) from inbox where state = 'done'") == 2);
        assertThat(count("select count(*) from effect where event = '" + event.id() + "'"))
                .isOne();
        assertThat(count("select attempts from inbox where event = '" + event.id() + "'"))
                .isOne();
    }

    @Test
    void triesAgainByTheScheduleAndKeepsNothingOfAFailedTransaction() {
        // Given
        node = start(true, WorkNode.config(MINUTE, SOON, SOON, SOON), delivery -> switch (delivery.attempt()) {
            case 1 -> throw new IllegalStateException("thrown");
            case 2 -> Future.succeededFuture(Outcome.done(new LampRoom.NoteAndFail(delivery.id())));
            case 3 -> Future.succeededFuture(Outcome.later("not yet"));
            default -> LampRoom.noted(delivery);
        });

        // When
        node.lamps().light(1);

        // Then
        await().until(() -> count("select count(*) from inbox where state = 'done'") == 1);
        assertThat(deliveries).extracting(Delivery::attempt).containsExactly(1, 2, 3, 4);
        assertThat(count("select count(*) from effect")).isOne();
    }

    @Test
    void makesADeadLetterWithEveryAttemptsErrorAndTellsAdministrators() {
        // Given
        node = start(
                true, WorkNode.config(Duration.ofMillis(200), SOON, SOON), delivery -> switch (delivery.attempt()) {
                    case 1 -> Future.failedFuture(new IllegalStateException("first"));
                    case 2 -> Promise.<Outcome>promise().future();
                    default -> Future.succeededFuture(Outcome.later("third"));
                });

        // When
        var event = node.stamped(new LampEvent.Lit("1", 40));

        // Then
        await().until(() -> deadLetters().size() == 1);
        var letter = deadLetters().get(0);
        assertThat(letter.eventId()).isEqualTo(event.id());
        assertThat(letter.state()).isEqualTo("open");
        assertThat(letter.attempts()).extracting(AttemptError::attempt).containsExactly(1, 2, 3);
        assertThat(letter.attempts())
                .extracting(AttemptError::error)
                .containsExactly("java.lang.IllegalStateException", "timeout", "later");
        await().until(() -> node.lamps().head() == 2);
        var told = node.lamps().all().get(1);
        assertThat(told.type()).isEqualTo("system.dead-lettered");
        assertThat(told.subject()).isEqualTo("dead-letter:" + letter.id());
        assertThat(told.causation()).isEqualTo(event.id());
        assertThat(told.channels()).containsExactly("role:admin");
    }

    @Test
    void runsADeadLetterAgainWhenItIsRetried() {
        // Given
        node = start(
                true,
                WorkNode.config(MINUTE, SOON),
                delivery -> deliveries.size() == 1
                        ? Future.succeededFuture(Outcome.refused("not this one"))
                        : LampRoom.noted(delivery));
        node.lamps().light(1);
        await().until(() -> deadLetters().size() == 1);
        var letter = deadLetters().get(0);

        // When
        Waiting.on(node.runner().transact(new RetryDeadLetter(letter.id(), UUID.randomUUID()), cause()));

        // Then
        await().until(() -> count("select count(*) from effect") == 1);
        assertThat(deadLetters().get(0).state()).isEqualTo("retried");
        assertThat(deliveries).extracting(Delivery::attempt).containsExactly(1, 1);
        assertThat(refusal(new RetryDeadLetter(letter.id(), UUID.randomUUID())).kind())
                .isEqualTo(Problem.Kind.CONFLICT);
        assertThat(refusal(new RetryDeadLetter(UUID.randomUUID(), UUID.randomUUID()))
                        .kind())
                .isEqualTo(Problem.Kind.NOT_FOUND);
    }

    @Test
    void leavesADiscardedDeadLetterAlone() {
        // Given
        node = start(true, WorkNode.config(MINUTE, SOON), delivery -> Future.succeededFuture(Outcome.refused("never")));
        node.lamps().light(1);
        await().until(() -> deadLetters().size() == 1);
        var by = UUID.randomUUID();

        // When
        Waiting.on(node.runner()
                .transact(new DiscardDeadLetter(deadLetters().get(0).id(), "of no use", by), cause()));

        // Then
        var letter = deadLetters().get(0);
        assertThat(letter.state()).isEqualTo("discarded");
        assertThat(letter.reason()).isEqualTo("of no use");
        assertThat(letter.actedBy()).isEqualTo(by);
        await().until(() -> node.lamps().head() == 3);
        assertThat(node.lamps().all().get(2).type()).isEqualTo("system.dead-letter-discarded");
        assertThat(count("select count(*) from inbox where state = 'dead'")).isOne();
    }

    @Test
    void sendsAForeignMessageToTheBrokersDeadLettersAndGoesOn() {
        // Given
        node = start(true, WorkNode.config(MINUTE, SOON), LampRoom::noted);

        // When
        try (var queue = queue(CloudEventMessage.queue(WORKER));
                var dead = queue("skelly.dead." + WORKER).receive()) {
            queue.send(AmqpMessage.create().durable(true).withBody("hello").build());
            node.lamps().light(1);

            // Then
            await().until(() -> dead.received().size() == 1);
            await().until(() -> count("select count(*) from effect") == 1);
            assertThat(dead.received().get(0).bodyAsString()).isEqualTo("hello");
        }
    }

    @Test
    void goesOnWithRetriesWhileTheBrokerIsDown() {
        // Given
        var brokerIsDown = Promise.<Void>promise();
        node = start(
                true,
                WorkNode.config(MINUTE, SOON, SOON),
                delivery -> delivery.attempt() == 1
                        ? brokerIsDown.future().compose(down -> Future.failedFuture("first"))
                        : LampRoom.noted(delivery));
        node.lamps().light(1);
        await().until(() -> deliveries.size() == 1);

        // When
        broker.stop();
        brokerIsDown.complete();

        // Then
        await().until(() -> count("select count(*) from effect") == 1);
        broker.startAgain();
        node.lamps().light(1);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> count("select count(*) from inbox where state = 'done'") == 2);
    }

    @Test
    void takesOverWhatADeadNodeLeftAndCountsItsAttempt() {
        // Given
        node = start(false, WorkNode.config(MINUTE, SOON), delivery -> Future.failedFuture("second"));
        var event = node.stamped(new LampEvent.Lit("1", 40));

        // When
        database.execute("insert into inbox (worker, event, type, subject, state, attempts, node, due_at) values ('"
                + WORKER + "', '" + event.id() + "', 'lamp.lit', 'lamp:1', 'running', 1, 'gone/1', clock_timestamp())");

        // Then
        await().until(() -> deadLetters().size() == 1);
        assertThat(deadLetters().get(0).attempts())
                .extracting(AttemptError::error, AttemptError::node)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("abandoned", "gone"),
                        org.assertj.core.groups.Tuple.tuple("io.vertx.core.impl.NoStackTraceThrowable", "a"));
    }

    @Test
    void leavesToALivingPeerWhatItRuns() {
        // Given
        node = start(false, WorkNode.config(MINUTE, SOON), LampRoom::noted);
        var event = node.stamped(new LampEvent.Lit("1", 40));
        database.execute("insert into inbox (worker, event, type, subject, state, attempts, node, due_at) values ('"
                + WORKER + "', '" + event.id()
                + "', 'lamp.lit', 'lamp:1', 'running', 1, 'peer/1', clock_timestamp() + interval '1 hour')");

        // When
        var next = node.stamped(new LampEvent.Lit("2", 40));
        try (var queue = queue(CloudEventMessage.queue(WORKER))) {
            queue.send(delivered(event));
            queue.send(delivered(next));
        }

        // Then
        await().until(() -> count("select count(*) from effect") == 1);
        assertThat(deliveries).extracting(Delivery::id).containsExactly(next.id());
    }

    @Test
    void pausesWhileTheDatabaseIsAwayAndThenHasItsEffectOnce() {
        // Given
        var databaseIsAway = Promise.<Void>promise();
        node = start(
                true,
                WorkNode.config(MINUTE, SOON),
                delivery -> databaseIsAway.future().compose(away -> LampRoom.noted(delivery)));
        node.lamps().light(1);
        await().until(() -> deliveries.size() == 1);

        // When
        other.execute("alter database " + database.address().database() + " allow_connections false");
        other.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                + database.address().database() + "'");
        databaseIsAway.complete();
        await().during(Duration.ofSeconds(1)).until(() -> deliveries.size() == 1);
        other.execute("alter database " + database.address().database() + " allow_connections true");

        // Then
        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() -> count("select count(*) from effect") == 1);
        assertThat(count("select attempts from inbox")).isOne();
        assertThat(count("select count(*) from inbox where state = 'done'")).isOne();
    }

    @Test
    void letsWhatRunsFinishBeforeItStops() {
        // Given
        var finish = Promise.<Void>promise();
        node = start(
                true,
                WorkNode.config(MINUTE, SOON),
                delivery -> finish.future().compose(go -> LampRoom.noted(delivery)));
        node.lamps().light(1);
        await().until(() -> deliveries.size() == 1);

        // When
        var stopping = node.stopping();
        assertThat(stopping.isComplete()).isFalse();
        finish.complete();

        // Then
        Waiting.on(stopping);
        assertThat(count("select count(*) from effect")).isOne();
    }

    private WorkNode start(boolean dispatching, WorkConfig config, Function<Delivery, Future<Outcome>> work) {
        var worker = LampRoom.worker(WORKER, delivery -> {
            deliveries.add(delivery);
            return work.apply(delivery);
        });
        return new WorkNode("a", database, broker.address(), config, List.of(worker), dispatching).start();
    }

    /* As the relay sends it, but without what lets the broker drop a repetition. */
    private static AmqpMessage delivered(Envelope event) {
        var message = CloudEventMessage.write(event, WORKER);
        var attributes = message.unwrap().getApplicationProperties().getValue();
        assertThat(attributes.remove("_AMQ_DUPL_ID")).isNotNull();
        return message;
    }

    private TestQueue queue(String name) {
        return new TestQueue(database.vertx(), broker.address(), name);
    }

    private List<DeadLetter> deadLetters() {
        return Waiting.on(node.runner().ask(new ListDeadLetters(WORKER, null, 10, null)))
                .items();
    }

    private Problem refusal(RetryDeadLetter command) {
        return (Problem) Waiting.failure(node.runner().transact(command, cause()));
    }

    private static Cause cause() {
        return Cause.fresh(UUID.randomUUID());
    }

    private long count(String query) {
        return Waiting.on(database.pool()
                .query(query)
                .execute()
                .map(rows -> rows.iterator().next().getLong(0)));
    }
}
