package dev.skelly.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.testing.Torture;
import dev.skelly.testing.WholeNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever is called in whatever order, the answer is one that the description allows. {@code -Dskelly.seed=…} makes the same
 * calls again, with {@code -Dskelly.fuzz.session=…} those of one session alone.
 */
class ApiFuzzIT {

    private static final long SEED = Torture.seed("api-fuzz");
    private static final int CALLS = Integer.getInteger("skelly.fuzz.calls", Torture.times(100_000, 4_000));
    /* There is an administrator already, so nobody becomes the first. */
    private static final Set<String> OUT_OF_REACH = Set.of("POST /api/auth/first-administrator");

    private static final int CALLS_A_SESSION = 40;
    private static final int CONNECTIONS = 24;
    private static final int SHOWN_MAX = 12;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final Map<Integer, LongAdder> statuses = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> succeeded = new ConcurrentHashMap<>();
    private final Map<String, String> faults = new ConcurrentSkipListMap<>();
    private final AtomicInteger next = new AtomicInteger();

    @Test
    void everyAnswerIsOneThatIsDescribed() {
        System.out.println("{\"test\":\"api-fuzz\",\"seed\":" + SEED + ",\"calls\":" + CALLS + "}");
        try (var node = WholeNode.start(settings())) {
            var began = System.nanoTime();
            var api = new ApiDescription(node.read(node.get("/openapi.json").body()));
            var types = types(node);
            var letters = new Letters(node.folder().resolve("outbox"));
            var workers = IntStream.range(0, CONNECTIONS)
                    .mapToObj(number -> CompletableFuture.runAsync(
                            () -> work(node, api, types, letters), work -> new Thread(work, "fuzz-" + number).start()))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(workers).join(); // Fails with the first that fails, once all have ended.
            report(api, (System.nanoTime() - began) / 1e9);
            assertThat(Torture.ON ? never(api) : List.of())
                    .as("operations that nothing led to")
                    .isEmpty();
        }
        assertThat(faults.values()).as("seed " + SEED).isEmpty();
        assertThat(answered())
                .as("answers")
                .isGreaterThanOrEqualTo(Integer.getInteger("skelly.fuzz.session") == null ? CALLS : 1);
    }

    private long answered() {
        return statuses.values().stream().mapToLong(LongAdder::sum).sum();
    }

    private static Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("ratelimit.enabled", "false"),
                Map.entry("http.proxies", "127.0.0.1"),
                Map.entry("security.password-memory-kib", "1024"),
                Map.entry("security.password-iterations", "1"),
                Map.entry("security.passwords-waiting-max", "1000"),
                Map.entry("stream.connects-per-second", "100000"),
                Map.entry("events.dir", "conf/events"));
    }

    /* Each is read as an administrator does, who knows all. */
    private static Map<String, JsonNode> types(WholeNode node) {
        var types = new TreeMap<String, JsonNode>();
        var token = node.signIn(WholeNode.ADMIN);
        var answer = node.send(node.request("/api/event-types")
                .header("Authorization", "Bearer " + token)
                .build());
        node.read(answer.body()).path("items").forEach(type -> {
            if (type.path("emittable").asBoolean()) {
                types.put(type.path("name").textValue(), type.path("schema"));
            }
        });
        assertThat(types).containsKey("ui.viewed");
        return types;
    }

    private void work(WholeNode node, ApiDescription api, Map<String, JsonNode> types, Letters letters) {
        var author = new Author(api, types);
        var judge = new Judge(api);
        var counted = new Session(author, judge, node.url(), node.database(), letters, this::heard);
        var quiet = new Session(author, judge, node.url(), node.database(), letters, (call, answer) -> {});
        var only = Integer.getInteger("skelly.fuzz.session", -1);
        for (var number = next.getAndIncrement(); number * CALLS_A_SESSION < CALLS; number = next.getAndIncrement()) {
            if (only >= 0 && only != number) {
                continue;
            }
            var seed = SEED + GOLDEN * (number + 1);
            var seeds = new Random(seed).longs(CALLS_A_SESSION).boxed().toList();
            var session = number;
            counted.run(seed, seeds)
                    .filter(finding -> faults.putIfAbsent(finding.kind(), "being shortened") == null)
                    .ifPresent(finding ->
                            note(session, finding, Shortening.of(finding, seeds, fewer -> quiet.run(seed, fewer))));
        }
    }

    private void heard(Call call, Wire.Answer answer) {
        statuses.computeIfAbsent(answer.status(), status -> new LongAdder()).increment();
        if (answer.status() < 300 && call.operation() != null) {
            succeeded
                    .computeIfAbsent(call.operation().name(), name -> new LongAdder())
                    .increment();
        }
    }

    private void note(int session, Session.Finding first, Session.Finding shortest) {
        var calls = shortest.calls().stream().map(Call::toString).collect(Collectors.joining("\n    ", "\n    ", ""));
        faults.put(first.kind(), "session " + session + ": " + shortest.fault() + calls);
    }

    private List<String> never(ApiDescription api) {
        return api.operations().stream()
                .map(ApiDescription.Operation::name)
                .filter(name -> !succeeded.containsKey(name) && !OUT_OF_REACH.contains(name))
                .toList();
    }

    private void report(ApiDescription api, double seconds) {
        System.out.printf(
                "{\"test\":\"api-fuzz\",\"seed\":%d,\"calls\":%d,\"seconds\":%.1f,\"statuses\":%s,\"operations\":%d,"
                        + "\"neverSucceeded\":%s,\"faults\":%d}%n",
                SEED, answered(), seconds, statuses, api.operations().size(), never(api), faults.size());
        faults.values().stream().limit(SHOWN_MAX).forEach(System.out::println);
    }
}
