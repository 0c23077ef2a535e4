package dev.skelly.features.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An idle transaction holds the heads of some subjects while many emit about others. The others' answers stay as quick and successful; events of
 * the held subjects get 503 and are appended after the release, once and in order.
 */
class LockedSubjectIT {

    private static final int OTHERS = 12;
    private static final Duration WITHOUT = Duration.ofSeconds(Torture.times(10, 1));
    private static final Duration WITH = Duration.ofSeconds(Torture.times(20, 2));
    private static final Duration PROMISED = Duration.ofMillis(250);

    @SuppressWarnings("NullAway.Init")
    private static EventsFixture shop;

    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    /** An idle transaction, as a person leaves it open in psql. */
    private record IdleTransaction(SqlConnection connection, Transaction transaction) {

        static IdleTransaction open(String sql, Tuple values) {
            var connection = Waiting.on(shop.node().database().pool().getConnection());
            Waiting.on(connection
                    .query("set idle_in_transaction_session_timeout = 0")
                    .execute());
            var transaction = Waiting.on(connection.begin());
            Waiting.on(connection.preparedQuery(sql).execute(values));
            return new IdleTransaction(connection, transaction);
        }

        static IdleTransaction holding(List<String> subjects) {
            return open(
                    "select version from subject_head where subject = any ($1) for update",
                    Tuple.of(subjects.toArray(String[]::new)));
        }

        void release() {
            Waiting.on(transaction.rollback().compose(done -> connection.close()));
        }
    }

    /** The answers to events about one subject, sent one after another. */
    private record AnswerLog(Queue<Integer> statuses, Queue<Duration> durations) {

        AnswerLog() {
            this(new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>());
        }

        HttpResponse<String> emit(String event) {
            var began = System.nanoTime();
            var answer = shop.emit(event);
            durations.add(Duration.ofNanos(System.nanoTime() - began));
            statuses.add(answer.statusCode());
            return answer;
        }
    }

    @BeforeAll
    static void open() {
        shop = new EventsFixture(Map.of("db.lock-timeout", Torture.ON ? "2s" : "500ms", "relay.lag-max", "2s"));
    }

    @AfterAll
    static void close() {
        THREADS.shutdownNow();
        shop.close();
    }

    private static String ring(String door) {
        return "{\"type\":\"door.rung\",\"data\":{\"door\":\"" + door + "\"}}";
    }

    private static String left(String cart, UUID id, int total) {
        return "{\"type\":\"cart.left\",\"id\":\"" + id + "\",\"data\":{\"cartId\":\"" + cart + "\",\"total\":" + total
                + "}}";
    }

    private static AnswerLog others(Duration time, AtomicBoolean on) {
        var log = new AnswerLog();
        var until = System.nanoTime() + time.toNanos();
        var loops = IntStream.range(0, OTHERS)
                .mapToObj(n -> CompletableFuture.runAsync(
                        () -> {
                            while (System.nanoTime() < until || on.get()) {
                                assertThat(log.emit(ring("f" + n))).isNotNull();
                            }
                        },
                        THREADS))
                .toList();
        loops.forEach(CompletableFuture::join);
        return log;
    }

    /* Each event is sent until it is taken, with the same id; the next one after that. */
    private static CompletableFuture<AnswerLog> persistent(String cart, int events, AnswerLog log) {
        return CompletableFuture.supplyAsync(
                () -> {
                    for (var n = 0; n < events; n++) {
                        var event = left(cart, UUID.randomUUID(), n + 1);
                        for (var answer = log.emit(event); answer.statusCode() != 202; answer = log.emit(event)) {
                            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                            assertThat(shop.body(answer).path("code").asText()).isEqualTo("locked");
                            assertThat(answer.headers().firstValue("Retry-After"))
                                    .contains("1");
                        }
                    }
                    return log;
                },
                THREADS);
    }

    private static void report(String phase, AnswerLog log, Duration time) {
        var sorted = log.durations().stream().sorted().toList();
        var wrong = log.statuses().stream().filter(status -> status != 202).count();
        System.out.println("{\"locked\":\"" + phase + "\",\"answersPerSecond\":"
                + sorted.size() * 1000L / time.toMillis()
                + ",\"refused\":" + wrong + ",\"p50Ms\":" + at(sorted, 0.5).toMillis() + ",\"p99Ms\":"
                + at(sorted, 0.99).toMillis() + ",\"maxMs\":" + at(sorted, 1).toMillis() + "}");
    }

    private static Duration at(List<Duration> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private static void promise(int held, AnswerLog before, AnswerLog during) {
        var usual = at(before.durations().stream().sorted().toList(), 0.99).multipliedBy(2);
        Torture.promise(
                "lock of " + held + ": p99 of others",
                at(during.durations().stream().sorted().toList(), 0.99),
                usual.compareTo(PROMISED) > 0 ? usual : PROMISED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void othersAreAnsweredAsBefore(int held) {
        // Given
        var carts = IntStream.range(0, held).mapToObj(n -> held + "-" + n).toList();
        carts.forEach(cart -> assertThat(
                        shop.emit(left(cart, UUID.randomUUID(), 0)).statusCode())
                .isEqualTo(202));
        var before = others(WITHOUT, new AtomicBoolean());
        report("no lock", before, WITHOUT);

        // When
        var idle = IdleTransaction.holding(
                carts.stream().map(cart -> "cart:" + cart).toList());
        var logs = carts.stream().map(cart -> new AnswerLog()).toList();
        var taken = IntStream.range(0, held)
                .mapToObj(n -> persistent(carts.get(n), 5, logs.get(n)))
                .toList();
        var on = new AtomicBoolean(true);
        var began = System.nanoTime();
        var others = CompletableFuture.supplyAsync(() -> others(WITH, on), THREADS);
        await().until(() -> logs.stream().allMatch(log -> log.statuses().contains(503)));
        on.set(false);
        var during = others.join();
        report("lock of " + held, during, Duration.ofNanos(System.nanoTime() - began));
        assertThat(taken).noneMatch(CompletableFuture::isDone);
        idle.release();
        taken.forEach(CompletableFuture::join);

        // Then
        assertThat(before.statuses()).containsOnly(202);
        assertThat(during.statuses()).containsOnly(202);
        promise(held, before, during);
        carts.forEach(cart -> assertThat(shop.text("select string_agg(data ->> 'total', ',' order by seq) || ' '"
                        + " || string_agg(subject_version::text, ',' order by seq) from event where subject = 'cart:"
                        + cart + "'"))
                .isEqualTo("0,1,2,3,4,5 1,2,3,4,5,6"));
    }

    @Test
    void emissionStopsWhileSequencingIsHeldAndGoesOnAfterIt() {
        // Given
        var idle = IdleTransaction.open("select from relay_lease for update", Tuple.tuple());
        var log = new AnswerLog();

        // When
        var began = System.nanoTime();
        await().until(() -> log.emit(ring("late")).statusCode() == 503);
        var refused = log.emit(ring("late"));
        var items = log.emit("{\"items\":[" + ring("late") + "]}");
        var open = Duration.ofNanos(System.nanoTime() - began);
        var behind = shop.number("select count(*) from event where position is null");
        idle.release();
        await().until(() -> log.emit(ring("late")).statusCode() == 202);

        // Then
        Torture.promise("emission stops after relay.lag-max", open, Duration.ofSeconds(3));
        assertThat(List.of(refused, items)).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(shop.body(answer).path("code").asText()).isEqualTo(SequencingLag.CODE);
            assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        });
        assertThat(behind).isPositive();
        await().until(() -> shop.number("select count(*) from event where position is null") == 0);
        assertThat(shop.number("select count(*) from event where subject = 'door:late'"))
                .isEqualTo(
                        log.statuses().stream().filter(status -> status == 202).count());
    }

    @Test
    void oneRequestOfManySubjectsWaitsWhole() {
        // Given
        assertThat(shop.emit(ring("held")).statusCode()).isEqualTo(202);
        var idle = IdleTransaction.holding(List.of("door:held"));
        var rows = shop.number("select count(*) from event where subject = 'door:with'");

        // When
        var together = shop.emit("{\"items\":[" + ring("with") + "," + ring("held") + "]}");
        var alone = shop.emit(ring("with"));
        idle.release();
        var after = shop.emit("{\"items\":[" + ring("with") + "," + ring("held") + "]}");

        // Then
        assertThat(together.statusCode()).as(together.body()).isEqualTo(503);
        assertThat(alone.statusCode()).as(alone.body()).isEqualTo(202);
        assertThat(after.statusCode()).as(after.body()).isEqualTo(202);
        assertThat(shop.number("select count(*) from event where subject = 'door:with'"))
                .isEqualTo(rows + 2);
    }

    @Test
    void aHeadThatIsBeingInsertedHoldsItsSubjectAlone() {
        // Given
        var idle = IdleTransaction.open(
                "insert into subject_head (subject, version) values ($1, 1)", Tuple.of("door:new"));

        // When
        var held = CompletableFuture.supplyAsync(() -> shop.emit(ring("new")), THREADS);
        var others = Stream.generate(() -> 0)
                .limit(20)
                .map(n -> CompletableFuture.supplyAsync(() -> shop.emit(ring("other")), THREADS))
                .toList();
        var answers = new ArrayList<Integer>();
        others.forEach(other -> answers.add(other.join().statusCode()));
        var refused = held.join();
        idle.release();

        // Then
        assertThat(answers).containsOnly(202);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(shop.emit(ring("new")).statusCode()).isEqualTo(202);
        assertThat(shop.number("select count(*) from event where subject = 'door:new' and subject_version = 1"))
                .isEqualTo(1);
    }
}
