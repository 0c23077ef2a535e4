package dev.skelly.ratelimit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.ratelimit.FloodClient.Answer;
import dev.skelly.testing.PreparedRun;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An attacker with three addresses registers, logs in and opens streams without a pause; people at other addresses do each once, and succeed. The node
 * has the default settings. Full length, and the promise of two seconds, in {@code scripts/torture flood}; {@code -Dskelly.jar=…} tries another jar, {@code
 * -Dskelly.flood.settings="--key=value …"} other settings.
 */
class FloodIT {

    private static final Duration TIME = Duration.ofSeconds(Torture.times(20, 2));
    private static final int WAVES = Torture.times(10, 2);
    private static final int PEOPLE_A_WAVE = 2;
    private static final int SIDE_BY_SIDE = Torture.times(8, 2);
    private static final Duration PROMISED = Duration.ofSeconds(2);

    private final Vertx attack = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Vertx people = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Map<String, Map<Integer, LongAdder>> statuses = new ConcurrentHashMap<>();
    private final Map<String, ConcurrentLinkedQueue<Answer>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    private volatile boolean attacking = true;

    @AfterEach
    void close() {
        attacking = false;
        Waiting.on(Future.join(attack.close(), people.close()));
    }

    @Test
    void othersRegisterLogInAndOpenStreams(@TempDir Path folder) throws IOException {
        var data = folder.resolve("skelly-data");
        PreparedRun.fill(data);
        try (var node = SkellyProcess.start(folder, "flooded", settings())) {
            var url = node.awaitReady();
            var attackers = attack(url);

            // When
            var waves = IntStream.range(0, WAVES).mapToObj(n -> wave(url, n)).toList();
            var arrived = Waiting.on(Future.all(waves).compose(done -> rest().map(done)));
            attacking = false;
            Waiting.on(Future.all(attackers));

            // Then
            report(data);
            assertThat(arrived.size()).isEqualTo(WAVES);
            assertSucceeded("register", 201);
            assertSucceeded("log in", 200);
            assertSucceeded("stream", 200);
            assertThat(node.alive()).isTrue();
        }
    }

    /* In the suite with passwords at their cheapest, because the machine may be busy. */
    private static List<String> settings() {
        var cheap = "--security.password-memory-kib=1024 --security.password-iterations=1";
        var more = System.getProperty("skelly.flood.settings", Torture.ON ? "" : cheap);
        return Stream.of("--http.port=0", more)
                .flatMap(line -> Stream.of(line.split(" ")))
                .filter(setting -> !setting.isEmpty())
                .toList();
    }

    private void assertSucceeded(String what, int status) {
        var all = List.copyOf(answers.get(what));
        assertThat(all).as(what).hasSize(WAVES * PEOPLE_A_WAVE);
        assertThat(all).as(what).extracting(Answer::status).containsOnly(status);
        Torture.promise("flood: others " + what, longest(all), PROMISED);
    }

    private List<Future<Void>> attack(URI url) {
        var loops = new ArrayList<Future<Void>>();
        for (var address : List.of("127.0.0.2", "127.0.0.3", "127.0.0.4")) {
            var client = new FloodClient(attack, url, address, 3 * SIDE_BY_SIDE);
            for (var n = 0; n < SIDE_BY_SIDE; n++) {
                loops.add(again("register", () -> client.register("victim+" + next() + "@example.org")));
                loops.add(again("log in", () -> client.logIn("person-" + next() + "@example.org", "wrong")));
                loops.add(again("stream", client::openStream));
            }
        }
        return loops;
    }

    private int next() {
        return number.incrementAndGet();
    }

    private Future<Void> again(String what, Supplier<Future<Answer>> ask) {
        if (!attacking) {
            return Future.succeededFuture();
        }
        return ask.get()
                .onSuccess(answer -> statuses.computeIfAbsent(what, kind -> new ConcurrentHashMap<>())
                        .computeIfAbsent(answer.status(), status -> new LongAdder())
                        .increment())
                .compose(answer -> again(what, ask));
    }

    /* The first comes when the attack has begun, the others evenly before its end. */
    private Future<Void> wave(URI url, int n) {
        var start = TIME.toMillis() * (n + 1) / (WAVES + 1);
        return after(start)
                .compose(now -> Future.all(IntStream.range(0, PEOPLE_A_WAVE)
                                .mapToObj(person -> arrive(url, 1 + n * PEOPLE_A_WAVE + person))
                                .toList())
                        .mapEmpty());
    }

    private Future<Void> arrive(URI url, int person) {
        var client = new FloodClient(people, url, "127.0.1." + person, 4);
        var email = "other" + person + "@example.org";
        return client.register(email)
                .onSuccess(answer -> note("register", answer))
                .compose(registered -> client.logIn(email, FloodClient.PASSWORD))
                .onSuccess(answer -> note("log in", answer))
                .compose(loggedIn -> client.openStream())
                .onSuccess(answer -> note("stream", answer))
                .mapEmpty();
    }

    private void note(String what, Answer answer) {
        answers.computeIfAbsent(what, kind -> new ConcurrentLinkedQueue<>()).add(answer);
    }

    private Future<Void> rest() {
        return after(TIME.toMillis() / (WAVES + 1));
    }

    private Future<Void> after(long millis) {
        var over = CompletableFuture.delayedExecutor(millis, MILLISECONDS); // The time itself is meant.
        return Future.fromCompletionStage(CompletableFuture.runAsync(() -> {}, over), people.getOrCreateContext());
    }

    private void report(Path data) throws IOException {
        var figures = new JsonObject().put("test", "flood").put("seconds", TIME.toSeconds());
        statuses.forEach((what, counted) -> figures.put("attacker " + what, String.valueOf(new TreeMap<>(counted))));
        answers.forEach((what, all) -> {
            var sorted = all.stream().map(Answer::took).sorted().toList();
            var counted = new TreeMap<Integer, Integer>();
            all.forEach(answer -> counted.merge(answer.status(), 1, Integer::sum));
            figures.put(
                    "others " + what,
                    counted + " p50 " + sorted.get(sorted.size() / 2).toMillis() + " ms, longest "
                            + longest(List.copyOf(all)).toMillis() + " ms");
        });
        System.out.println(figures.put("mailsToVictim", mailsTo("victim+", data.resolve("outbox"))));
    }

    private static Duration longest(List<Answer> all) {
        return all.stream().map(Answer::took).max(Duration::compareTo).orElseThrow();
    }

    private static long mailsTo(String receiver, Path outbox) throws IOException {
        if (!Files.exists(outbox)) {
            return 0;
        }
        try (var files = Files.walk(outbox)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> isTo(receiver, file))
                    .count();
        }
    }

    private static boolean isTo(String receiver, Path file) {
        try {
            return Files.readString(file).contains(receiver);
        } catch (IOException e) {
            return false; // Renamed since it was listed.
        }
    }
}
