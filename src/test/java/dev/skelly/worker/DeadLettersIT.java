package dev.skelly.worker;

import static dev.skelly.worker.WorkerFixture.MINUTE;
import static dev.skelly.worker.WorkerFixture.SOON;
import static dev.skelly.worker.WorkerFixture.WORKER;
import static dev.skelly.worker.WorkerFixture.cause;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.Problem;
import dev.skelly.feature.WorkResult;
import dev.skelly.features.deadletters.DiscardDeadLetter;
import dev.skelly.features.deadletters.RetryDeadLetter;
import dev.skelly.testing.LampEvent;
import dev.skelly.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLettersIT {

    private WorkerFixture stage;

    @BeforeEach
    void open() {
        stage = new WorkerFixture();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void makesADeadLetterWithEveryAttemptsErrorAndTellsAdministrators() {
        // Given
        var node = stage.start(
                true, WorkerNode.config(Duration.ofMillis(200), SOON, SOON), delivery -> switch (delivery.attempt()) {
                    case 1 -> Future.failedFuture(new IllegalStateException("first"));
                    case 2 -> Promise.<WorkResult>promise().future();
                    default -> Future.succeededFuture(WorkResult.retry("third"));
                });

        // When
        var event = node.stamped(new LampEvent.Lit("1", 40));

        // Then
        await().until(() -> stage.deadLetters().size() == 1);
        var letter = stage.deadLetters().get(0);
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
        var node = stage.start(
                true,
                WorkerNode.config(MINUTE, SOON),
                delivery -> stage.deliveries().size() == 1
                        ? Future.succeededFuture(WorkResult.reject("not this one"))
                        : LampFeature.noted(delivery));
        node.lamps().light(1);
        await().until(() -> stage.deadLetters().size() == 1);
        var letter = stage.deadLetters().get(0);

        // When
        Waiting.on(node.runner().transact(new RetryDeadLetter(letter.id(), UUID.randomUUID(), null), cause()));

        // Then
        await().until(() -> stage.effects() == 1);
        assertThat(stage.deadLetters().get(0).state()).isEqualTo("retried");
        assertThat(stage.deliveries()).extracting(EventDelivery::attempt).containsExactly(1, 1);
        assertThat(refusal(node, new RetryDeadLetter(letter.id(), UUID.randomUUID(), null))
                        .kind())
                .isEqualTo(Problem.Kind.CONFLICT);
        assertThat(refusal(node, new RetryDeadLetter(UUID.randomUUID(), UUID.randomUUID(), null))
                        .kind())
                .isEqualTo(Problem.Kind.NOT_FOUND);
        assertThat(stage.number("select count(*) from audit where act = 'system.dead-letter-retried'"))
                .isOne();
    }

    @Test
    void leavesADiscardedDeadLetterAlone() {
        // Given
        var node = stage.start(
                true, WorkerNode.config(MINUTE, SOON), delivery -> Future.succeededFuture(WorkResult.reject("never")));
        node.lamps().light(1);
        await().until(() -> stage.deadLetters().size() == 1);
        var by = UUID.randomUUID();

        // When
        Waiting.on(node.runner()
                .transact(new DiscardDeadLetter(stage.deadLetters().get(0).id(), "of no use", by, 1L), cause()));

        // Then
        var letter = stage.deadLetters().get(0);
        assertThat(letter.state()).isEqualTo("discarded");
        assertThat(letter.reason()).isEqualTo("of no use");
        assertThat(letter.actedBy()).isEqualTo(by);
        assertThat(stage.number(
                        "select count(*) from audit where act = 'system.dead-letter-discarded' and actor = '" + by
                                + "' and target = 'dead-letter:" + letter.id()
                                + "' and before = '{\"state\": \"open\"}'"
                                + " and after = '{\"state\": \"discarded\", \"reason\": \"of no use\"}'"))
                .isOne();
        await().until(() -> node.lamps().head() == 3);
        assertThat(node.lamps().all().get(2).type()).isEqualTo("system.dead-letter-discarded");
        assertThat(stage.number("select count(*) from inbox where state = 'discarded'"))
                .isOne();
    }

    @Test
    void aWorkerThatIsGoneCannotRunADeadLetterAgain() {
        // Given
        var node = stage.start(true, WorkerNode.config(MINUTE, SOON), LampFeature::noted);
        var id = UUID.randomUUID();
        var event = UUID.randomUUID();
        stage.execute(
                "insert into inbox (worker, event, type, subject, state, attempts, node, due_at) values ('retired', '"
                        + event + "', 'lamp.lit', 'lamp:1', 'dead', 3, 'a', now())");
        stage.execute(
                "insert into dead_letter (id, worker, event, type, subject, state, attempts, first_at, last_at) values ('"
                        + id + "', 'retired', '" + event + "', 'lamp.lit', 'lamp:1', 'open', '[]', now(), now())");
        var by = UUID.randomUUID();

        // When
        var refused = Waiting.failure(node.runner().transact(new RetryDeadLetter(id, by, null), cause()));
        Waiting.on(node.runner().transact(new DiscardDeadLetter(id, "retired", by, null), cause()));
        var late = Waiting.failure(node.runner().transact(new RetryDeadLetter(id, by, null), cause()));

        // Then
        assertThat(((Problem) refused).code()).isEqualTo("worker-gone");
        assertThat(refused).hasMessageContaining("no worker retired");
        assertThat(((Problem) late).code()).isEqualTo("dead-letter-not-open");
        assertThat(stage.number("select count(*) from inbox where worker = 'retired' and state = 'discarded'"))
                .isOne();
    }

    @Test
    void takesOverWhatADeadNodeLeftAndCountsItsAttempt() {
        // Given
        var node = stage.start(false, WorkerNode.config(MINUTE, SOON), delivery -> Future.failedFuture("second"));
        var event = node.stamped(new LampEvent.Lit("1", 40));

        // When
        stage.database()
                .execute("insert into inbox (worker, event, type, subject, state, attempts, node, due_at) values ('"
                        + WORKER + "', '" + event.id()
                        + "', 'lamp.lit', 'lamp:1', 'running', 1, 'gone/1', clock_timestamp())");

        // Then
        await().until(() -> stage.deadLetters().size() == 1);
        assertThat(stage.deadLetters().get(0).attempts())
                .extracting(AttemptError::error, AttemptError::node)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("abandoned", "gone"),
                        org.assertj.core.groups.Tuple.tuple("io.vertx.core.impl.NoStackTraceThrowable", "a"));
    }

    private static Problem refusal(WorkerNode node, RetryDeadLetter command) {
        return (Problem) Waiting.failure(node.runner().transact(command, cause()));
    }
}
