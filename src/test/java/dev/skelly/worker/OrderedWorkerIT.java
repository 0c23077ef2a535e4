package dev.skelly.worker;

import static dev.skelly.worker.WorkerFixture.MINUTE;
import static dev.skelly.worker.WorkerFixture.SOON;
import static dev.skelly.worker.WorkerFixture.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.broker.CloudEventMessage;
import dev.skelly.event.Event;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.features.deadletters.DiscardDeadLetter;
import dev.skelly.features.deadletters.RetryDeadLetter;
import dev.skelly.testing.LampEvent;
import dev.skelly.testing.Waiting;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The events of a subject run one after another, in the order of the log; those behind a failing one wait; other subjects go on. */
class OrderedWorkerIT {

    private final WorkerFixture stage = new WorkerFixture();
    private final List<String> runs = new CopyOnWriteArrayList<>(); // subject, watts, attempt

    @AfterEach
    void close() {
        stage.close();
    }

    private FlaggedWorker ordered(Function<EventDelivery, Future<WorkResult>> work) {
        return ordered(false, work);
    }

    private FlaggedWorker ordered(boolean commandsOnly, Function<EventDelivery, Future<WorkResult>> work) {
        return new FlaggedWorker(commandsOnly, true, delivery -> {
            runs.add(lamp(delivery) + " " + watts(delivery) + " " + delivery.attempt());
            return work.apply(delivery);
        });
    }

    private static String lamp(EventDelivery delivery) {
        return delivery.subject().substring("lamp:".length());
    }

    private static int watts(EventDelivery delivery) {
        return delivery.event() instanceof LampEvent.Lit lit ? lit.watts() : -1;
    }

    private List<String> runs(String lamp) {
        return runs.stream().filter(run -> run.startsWith(lamp + " ")).toList();
    }

    /* One transaction, so that they are handed over together. */
    private static void light(WorkerNode node, List<? extends Event> events) {
        for (var event : events) {
            Waiting.on(node.lamps().append(event));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void letsLaterEventsOfASubjectWaitBehindAFailingOne(boolean commandsOnly) {
        // Given
        var node = stage.start(
                "a",
                true,
                WorkerNode.config(MINUTE, SOON, SOON, SOON),
                ordered(
                        commandsOnly,
                        delivery -> lamp(delivery).equals("1") && watts(delivery) == 1 && delivery.attempt() < 3
                                ? Future.failedFuture("not yet")
                                : LampFeature.noted(delivery)));

        // When
        light(
                node,
                List.of(
                        new LampEvent.Lit("1", 1),
                        new LampEvent.Lit("2", 1),
                        new LampEvent.Lit("1", 2),
                        new LampEvent.Lit("2", 2),
                        new LampEvent.Lit("1", 3)));

        // Then
        await().until(() -> stage.done() == 5);
        assertThat(runs("1")).containsExactly("1 1 1", "1 1 2", "1 1 3", "1 2 1", "1 3 1");
        assertThat(runs("2")).containsExactly("2 1 1", "2 2 1");
        assertThat(runs.indexOf("2 2 1")).isLessThan(runs.indexOf("1 1 3"));
        assertThat(stage.effects()).isEqualTo(5);
        assertThat(stage.number("select count(*) from inbox")).isZero();
        assertThat(stage.number("select count(*) from work_group")).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void waitsBehindADeadLetterUntilItIsRetriedOrDiscarded(boolean discard) {
        // Given
        var mended = new AtomicInteger();
        var node = stage.start(
                "a",
                true,
                WorkerNode.config(MINUTE, SOON),
                ordered(delivery -> watts(delivery) == 1 && mended.get() == 0
                        ? Future.succeededFuture(WorkResult.reject("broken"))
                        : LampFeature.noted(delivery)));
        light(node, List.of(new LampEvent.Lit("1", 1), new LampEvent.Lit("1", 2), new LampEvent.Lit("1", 3)));
        await().until(() -> stage.deadLetters().size() == 1
                && stage.number("select count(*) from inbox where state = 'blocked'") == 2);
        assertThat(stage.effects()).isZero();
        var letter = stage.deadLetters().get(0).id();

        // When
        mended.set(1);
        var by = UUID.randomUUID();
        Waiting.on(
                discard
                        ? node.runner()
                                .transact(new DiscardDeadLetter(letter, "of no use", by, null), WorkerFixture.cause())
                        : node.runner().transact(new RetryDeadLetter(letter, by, null), WorkerFixture.cause()));

        // Then
        await().until(() -> stage.effects() == (discard ? 2 : 3));
        assertThat(runs("1"))
                .isEqualTo(discard ? List.of("1 1 1", "1 2 1", "1 3 1") : List.of("1 1 1", "1 1 1", "1 2 1", "1 3 1"));
    }

    @Test
    void waitsForAnEarlierEventThatHasNotArrived() {
        // Given
        var node = stage.start("a", false, WorkerNode.config(MINUTE, SOON), ordered(LampFeature::noted));
        stage.database().execute("insert into handover (worker, confirmed) values ('" + WORKER + "', 0)");
        var first = node.stamped(new LampEvent.Lit("1", 1));
        var second = node.stamped(new LampEvent.Lit("1", 2));

        // When
        try (var queue = stage.queue(CloudEventMessage.queue(WORKER))) {
            queue.send(stage.delivered(second));
            await().until(() -> stage.number("select count(*) from inbox where state = 'blocked'") == 1);
            assertThat(runs).isEmpty();
            queue.send(stage.delivered(first));
        }

        // Then
        await().until(() -> stage.done() == 2);
        assertThat(runs).containsExactly("1 1 1", "1 2 1");
    }

    @Test
    void keepsTheOrderOfEachSubjectOnTwoNodes() {
        // Given
        var overlaps = new AtomicInteger();
        var order = Collections.synchronizedList(new ArrayList<EventDelivery>());
        var worker = ordered(observing(order, overlaps));
        var node = stage.start("a", true, WorkerNode.config(MINUTE, SOON), worker);
        stage.start("b", false, WorkerNode.config(MINUTE, SOON), worker);

        // When
        var subjects = 20;
        var each = 15L;
        for (var watts = 0; watts < each; watts++) {
            var number = watts;
            node.lamps()
                    .append(IntStream.range(0, subjects)
                            .mapToObj(lamp -> new LampEvent.Lit(Integer.toString(lamp), number))
                            .toList());
        }

        // Then
        await().until(() -> stage.done() == subjects * each);
        assertThat(overlaps).hasValue(0);
        Map<String, List<Integer>> byLamp = order.stream()
                .collect(Collectors.groupingBy(
                        OrderedWorkerIT::lamp, Collectors.mapping(OrderedWorkerIT::watts, Collectors.toList())));
        assertThat(byLamp).hasSize(subjects).allSatisfy((lamp, watts) -> {
            assertThat(watts).isSorted();
            assertThat(new HashSet<>(watts)).hasSize((int) each);
        });
        assertThat(stage.effects()).isEqualTo(subjects * each);
    }

    /* The work of an event takes a round trip to the database, in which another one could begin. */
    private Function<EventDelivery, Future<WorkResult>> observing(List<EventDelivery> order, AtomicInteger overlaps) {
        Set<String> running = ConcurrentHashMap.newKeySet();
        return delivery -> {
            if (!running.add(delivery.subject())) {
                overlaps.incrementAndGet();
            }
            order.add(delivery);
            return stage.database().pool().query("select 1").execute().compose(answered -> {
                running.remove(delivery.subject());
                return LampFeature.noted(delivery);
            });
        };
    }
}
