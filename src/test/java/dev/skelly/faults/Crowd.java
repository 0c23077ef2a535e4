package dev.skelly.faults;

import dev.skelly.ledger.Recorder;
import dev.skelly.testing.Waiting;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** People who register, sign in and keep changing their preferences, each act written down before it is sent and after it returned. */
final class Crowd implements AutoCloseable {

    private static final String PASSWORD = "correct horse battery staple";
    private static final int UNDERWAY_MAX = 256;
    private static final int REGISTERING_AT_ONCE = 2;
    private static final int RETRY_MS = 200;

    private final Api api;
    private final Recorder recorder;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final Semaphore places = new Semaphore(UNDERWAY_MAX);
    private final AtomicInteger number = new AtomicInteger();
    private final List<Person> people = new CopyOnWriteArrayList<>();
    private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final AtomicLong skipped = new AtomicLong();
    private volatile boolean registering;

    Crowd(Api api, Recorder recorder) {
        this.api = api;
        this.recorder = recorder;
    }

    List<Person> people() {
        return people;
    }

    /** How often each status was answered; 0 stands for no answer. */
    Map<Integer, AtomicInteger> answers() {
        return answers;
    }

    /** Writes that were not sent because too many had no answer yet. */
    long skipped() {
        return skipped.get();
    }

    /** Registers and signs in so many people, two at a time. */
    void gather(int count) {
        for (var i = 0; i < count; i += REGISTERING_AT_ONCE) {
            var arriving = IntStream.range(i, Math.min(count, i + REGISTERING_AT_ONCE))
                    .mapToObj(n -> arrive())
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(arriving)
                    .orTimeout(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
    }

    private CompletableFuture<Void> arrive() {
        var email = email();
        return register(email).thenCompose(answer -> {
            expect(201, answer);
            return signIn(UUID.fromString(api.read(answer.body()).path("id").asText()), email);
        });
    }

    private String email() {
        return "person-" + number.incrementAndGet() + "@example.org";
    }

    private CompletableFuture<Void> signIn(UUID account, String email) {
        var op = UUID.randomUUID();
        recorder.invoke(op, "login", account);
        return api.send("POST", "/api/auth/login", null, op, Map.of("email", email, "password", PASSWORD))
                .thenAccept(answer -> {
                    note(op, account, answer);
                    expect(200, answer);
                    var token = api.read(answer.body()).path("accessToken").asText();
                    people.add(new Person(account, email, token));
                });
    }

    private CompletableFuture<HttpResponse<String>> register(String email) {
        var op = UUID.randomUUID();
        recorder.invoke(op, "register", null);
        return api.send("POST", "/api/auth/register", null, op, Map.of("email", email, "password", PASSWORD))
                .whenComplete((answer, failure) -> note(op, answer, failure));
    }

    private static void expect(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    /** Starts a steady rate of changes, by everybody in turn, and registrations one after the other; half the rate for the first seconds. */
    void work(int changesPerSecond) {
        var pause = TimeUnit.SECONDS.toNanos(2) / changesPerSecond;
        for (var delay : List.of(Duration.ZERO, Pace.now().warmUp())) {
            var unused = clock.scheduleAtFixedRate(this::someoneChanges, delay.toNanos(), pause, TimeUnit.NANOSECONDS);
        }
        registering = true;
        registerOn();
    }

    private void someoneChanges() {
        if (!places.tryAcquire()) {
            skipped.incrementAndGet();
            return;
        }
        var n = number.incrementAndGet();
        var unused = change(people.get(n % people.size()), n).whenComplete((answer, failure) -> places.release());
    }

    /** One change by one person; the operation's id, when it was acknowledged. */
    CompletableFuture<UUID> change(Person person, int value) {
        var op = UUID.randomUUID();
        return tryToChange(op, person, value).thenApply(answer -> {
            expect(200, answer);
            return op;
        });
    }

    /** One change by one person; whatever the answer is. */
    CompletableFuture<HttpResponse<String>> tryToChange(UUID op, Person person, int value) {
        recorder.invoke(op, "preferences", person.account());
        return api.send("PUT", "/api/me/preferences", person.token(), op, Map.of("theme", "theme-" + value))
                .whenComplete((answer, failure) -> note(op, answer, failure));
    }

    private void registerOn() {
        if (registering) {
            var unused = register(email())
                    .whenComplete((answer, failure) ->
                            registerAfter(failure == null && answer.statusCode() == 201 ? 0 : RETRY_MS));
        }
    }

    private void registerAfter(int pauseMs) {
        if (!clock.isShutdown()) {
            var unused = clock.schedule(this::registerOn, pauseMs, TimeUnit.MILLISECONDS);
        }
    }

    /** Stops asking; waits until everything that was asked has an answer or none will come. */
    void rest() throws InterruptedException {
        registering = false;
        clock.shutdown();
        if (!clock.awaitTermination(30, TimeUnit.SECONDS)
                || !places.tryAcquire(UNDERWAY_MAX, Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("requests without an end");
        }
    }

    private void note(UUID op, @Nullable HttpResponse<String> answer, @Nullable Throwable failure) {
        if (answer == null) {
            count(0);
            recorder.info(op, String.valueOf(failure));
        } else {
            note(op, null, answer);
        }
    }

    private void note(UUID op, @Nullable UUID account, HttpResponse<String> answer) {
        count(answer.statusCode());
        if (answer.statusCode() < 300) {
            recorder.ok(op, account);
        } else if (answer.statusCode() < 500) {
            recorder.fail(op, answer.statusCode() + "");
        } else {
            recorder.info(op, answer.statusCode() + "");
        }
    }

    private void count(int status) {
        answers.computeIfAbsent(status, key -> new AtomicInteger()).incrementAndGet();
    }

    @Override
    public void close() {
        registering = false;
        clock.shutdownNow();
    }
}
