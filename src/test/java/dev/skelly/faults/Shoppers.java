package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.testing.Waiting;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Customers who order, pay with every kind of token, cancel and look. A write is repeated, with the same key, until it has an answer. */
final class Shoppers implements AutoCloseable {

    /** What they order. The last one is scarce. */
    static final List<String> SKUS =
            IntStream.range(0, 20).mapToObj(n -> "lamp-" + n).toList();

    private static final List<String> TOKENS = List.of("ok", "ok", "ok", "slow", "double", "decline", "none");
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20); // A node's own limit is 15 s.
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final int THOUGHT_MS = 8_000; // Two cores run all of it, and start nodes meanwhile.

    private final Stage stage;
    private final List<Person> people;
    private final String admin;
    private final Random seeds;
    private final int wanted;
    private final PhasedAnswers answers = new PhasedAnswers();
    private final Queue<String> placed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger repeated = new AtomicInteger();
    private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads;
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean open = true;
    private volatile boolean stopped;

    /** An order as the API showed it, and when it was asked and had answered. */
    record Seen(JsonNode order, Instant asked, Instant answered) {}

    /** An answer, and when it was asked for. */
    private record Answer(HttpResponse<String> response, Instant asked) {}

    /**
     * Knows the customers.
     *
     * @param admin token of an administrator
     * @param wanted orders that are placed at least
     */
    Shoppers(Stage stage, List<Person> people, String admin, Random seeds, int wanted) {
        this.stage = stage;
        this.people = List.copyOf(people);
        this.admin = admin;
        this.seeds = seeds;
        this.wanted = wanted;
        this.threads = Executors.newFixedThreadPool(people.size());
    }

    /** Lets all of them order, until {@link #finish}. */
    void begin() {
        for (var person : people) {
            var random = new Random(seeds.nextLong());
            running.add(threads.submit(() -> {
                while (!stopped && (open || placed.size() < wanted)) {
                    order(person, random);
                    Stage.forAWhile(Duration.ofMillis(random.nextInt(THOUGHT_MS)));
                }
            }));
        }
    }

    /** Waits until as many orders as wanted are placed, and each call has its answer. */
    void finish(Duration within) throws InterruptedException, ExecutionException, TimeoutException {
        open = false;
        var end = System.nanoTime() + within.toNanos();
        for (var one : running) {
            one.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }

    /** The ids of the orders whose placement was acknowledged. */
    List<String> placed() {
        return List.copyOf(placed);
    }

    /** How many calls were sent again. */
    int repeated() {
        return repeated.get();
    }

    List<Seen> seen() {
        return seen;
    }

    PhasedAnswers answers() {
        return answers;
    }

    private void order(Person person, Random random) {
        var body = "{\"items\":" + items(random) + ",\"payment\":{\"token\":\""
                + TOKENS.get(random.nextInt(TOKENS.size())) + "\"}}";
        var answer =
                insist("POST", "/api/orders", person.token(), UUID.randomUUID().toString(), body).response;
        assertThat(answer.statusCode()).as(answer.body()).isIn(201, 409);
        if (answer.statusCode() == 409) {
            return;
        }
        var id = stage.api().read(answer.body()).get("id").textValue();
        placed.add(id);
        if (random.nextInt(4) == 0) {
            Stage.forAWhile(Duration.ofMillis(random.nextInt(THOUGHT_MS / 16)));
            var cancelled = insist("POST", "/api/orders/" + id + "/cancel", person.token(), null, "").response;
            assertThat(cancelled.statusCode()).as(cancelled.body()).isIn(200, 409);
        }
        look(person.token(), id);
        look(admin, seen.get(random.nextInt(seen.size())).order().get("id").textValue());
    }

    private static List<String> items(Random random) {
        var skus = new ArrayList<>(SKUS);
        Collections.shuffle(skus, random);
        return skus.subList(0, 1 + random.nextInt(3)).stream()
                .map(sku -> "{\"sku\":\"" + sku + "\",\"quantity\":" + (1 + random.nextInt(3)) + "}")
                .toList();
    }

    private void look(String token, String id) {
        var answer = insist("GET", "/api/orders/" + id, token, null, "");
        assertThat(answer.response.statusCode()).as(answer.response.body()).isEqualTo(200);
        seen.add(new Seen(stage.api().read(answer.response.body()), answer.asked, Instant.now()));
    }

    /* Nothing is known of a call without an answer, so it is sent again until there is one. */
    private Answer insist(String method, String path, String token, @Nullable String key, String body) {
        for (var end = System.nanoTime() + 2 * Waiting.LIMIT.toNanos(); ; repeated.incrementAndGet()) {
            var asked = Instant.now();
            var answer = send(method, path, token, key, body);
            if (answer != null && answered(answer)) {
                return new Answer(answer, asked);
            }
            if (stopped || System.nanoTime() > end) {
                throw new AssertionError(method + " " + path + " has no answer in time, the last one: "
                        + (answer == null ? "none" : answer.statusCode() + " " + answer.body()));
            }
            Stage.forAWhile(RETRY);
        }
    }

    private static boolean answered(HttpResponse<String> answer) {
        return answer.statusCode() < 500
                && !Set.of(408, 429).contains(answer.statusCode())
                && !(answer.statusCode() == 409 && answer.body().contains("idempotency-key-in-use"));
    }

    private @Nullable HttpResponse<String> send(
            String method, String path, String token, @Nullable String key, String body) {
        var request = HttpRequest.newBuilder(stage.api().node().resolve(path))
                .timeout(ANSWER_WITHIN)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        var phase = answers.now();
        try {
            var answer = stage.api().http().send(request.build(), HttpResponse.BodyHandlers.ofString());
            answers.count(
                    phase,
                    answer.statusCode(),
                    answer.headers().firstValue("Retry-After").isPresent());
            return answer;
        } catch (IOException e) {
            answers.count(phase, 0, false);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdownNow();
    }
}
