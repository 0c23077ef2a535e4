package dev.skelly.faults;

import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Waiting;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/** Kills a node, the leader, the broker or the database, one after the other, each healed before the next; and measures how long that took. */
final class RandomFaults {

    /** What is killed. */
    enum Kind {
        NODE,
        LEADER,
        BROKER,
        DATABASE
    }

    private static final Duration LAG_MAX = Duration.ofSeconds(1);

    private final Stage stage;
    private final IntConsumer starting;
    private final PhasedAnswers answers;
    private final Random random;
    private final HttpRequest.Builder probe;
    private final Map<Kind, List<Duration>> recoveries = new EnumMap<>(Kind.class);

    /**
     * Knows what it kills.
     *
     * @param starting starts the node of a number
     * @param answers that are told of the phases, which are named like the kinds
     * @param probe a write that a node answers with 200 if it is well; its path is resolved against each node
     */
    RandomFaults(Stage stage, IntConsumer starting, PhasedAnswers answers, Random random, HttpRequest.Builder probe) {
        this.stage = stage;
        this.starting = starting;
        this.answers = answers;
        this.random = random;
        this.probe = probe;
    }

    /** Does so many of each, in random order. */
    void run(Map<Kind, Integer> times) throws SQLException {
        var plan = new ArrayList<Kind>();
        times.forEach((kind, count) -> plan.addAll(Collections.nCopies(count, kind)));
        Collections.shuffle(plan, random);
        for (var kind : plan) {
            pause(1_500, 4_000);
            answers.begin(kind.name());
            var recovery = switch (kind) {
                case NODE -> node();
                case LEADER -> leader();
                case BROKER -> broker();
                case DATABASE -> database();
            };
            answers.begin("calm");
            recoveries.computeIfAbsent(kind, key -> new ArrayList<>()).add(recovery);
            System.out.println("{\"fault\":\"" + kind + "\",\"recoveryMs\":" + recovery.toMillis() + "}");
        }
    }

    private void pause(int fromMs, int toMs) {
        Stage.forAWhile(Duration.ofMillis(random.nextInt(fromMs, toMs)));
    }

    /* Until it is back. */
    private Duration node() {
        var leader = stage.awaitLeader();
        var others = stage.nodes().stream().filter(node -> !node.equals(leader)).toList();
        var node = others.get(random.nextInt(others.size()));
        stage.kill(node);
        pause(0, 2_000);
        var began = System.nanoTime();
        start(node);
        return since(began);
    }

    /* Until another leads. */
    private Duration leader() {
        var leader = stage.awaitLeader();
        stage.kill(leader);
        var began = System.nanoTime();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(25))
                .until(() -> stage.leader().isPresent());
        var taken = since(began);
        start(leader);
        return taken;
    }

    private void start(Stage.Node node) {
        starting.accept(Integer.parseInt(node.name().substring("node-".length())));
    }

    /* Until the broker has accepted all that was in the log when it came back. */
    private Duration broker() throws SQLException {
        stage.services().killBroker();
        pause(2_000, 8_000);
        answers.begin("broker starts"); // An answer of the outage has begun and ended in it.
        stage.services().restartBroker();
        return caughtUp();
    }

    /** Waits until the broker has accepted all that is in the log now, and sequencing takes less than a second. */
    Duration caughtUp() throws SQLException {
        var began = System.nanoTime();
        var head = number("select log_head()");
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .atMost(Waiting.LIMIT)
                .ignoreExceptions()
                .until(() -> number("select min(position) from relay_checkpoint") >= head
                        && stage.meter(stage.awaitLeader().url(), "skelly_relay_lag_millis") < LAG_MAX.toMillis());
        return since(began);
    }

    /* Until each node writes. */
    private Duration database() {
        stage.services().killDatabase();
        pause(1_000, 4_000);
        stage.services().restartDatabase();
        var began = System.nanoTime();
        for (var node : stage.nodes()) {
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50)).until(() -> writes(node));
        }
        return since(began);
    }

    private boolean writes(Stage.Node node) throws InterruptedException {
        var path = probe.build().uri().getPath();
        try {
            var request = probe.copy().uri(node.url().resolve(path)).build();
            return stage.api()
                            .http()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private long number(String sql) throws SQLException {
        try (var connection = stage.services().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Returns the longest recovery of a kind; zero without one. */
    Duration longest(Kind kind) {
        return recoveries.getOrDefault(kind, List.of()).stream()
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Returns the number of each kind, and the longest recovery, as members of a JSON object. */
    String figures() {
        return recoveries.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":{\"kills\":"
                        + entry.getValue().size() + ",\"recoveryMsMax\":"
                        + longest(entry.getKey()).toMillis() + "}")
                .collect(Collectors.joining(","));
    }
}
