package dev.skelly.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.feature.Feature;
import dev.skelly.testing.Waiting;
import dev.skelly.testing.WholeNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;

/**
 * Measures projections at a node over {@code -Dbench.events} events (1,000,000): how fast a new counter catches up with the log, and how fast it is
 * rebuilt while a client writes orders and another reads the projection, which must never see fewer events than before. Run by
 * {@code scripts/bench projections}.
 */
public final class ProjectionBench {

    private static final int EVENTS = Integer.getInteger("bench.events", 1_000_000);
    private static final int REBUILDS = 3;
    private static final Duration LIMIT = Duration.ofMinutes(20);

    /* Written past the product, which is not what is measured; 1,000 subjects. */
    private static final String FILL = """
            with heads as (
              insert into subject_head (subject, version)
              select 'count:' || n, $EVENTS / 1000 from generate_series(0, 999) n returning 1
            )
            insert into event (id, type, type_version, source, subject, subject_version, correlation, time, channels, data)
            select gen_random_uuid(), 'count.went', 1, '/skelly/count', 'count:' || n % 1000, n / 1000 + 1, gen_random_uuid(), now(),
              array['role:admin'], jsonb_build_object('number', n)
            from generate_series(0, $EVENTS - 1) n
            """;

    private final WholeNode node;
    private final String admin;
    private final Figures figures = new Figures();

    private ProjectionBench(WholeNode node) {
        this.node = node;
        this.admin = node.signIn(WholeNode.ADMIN);
    }

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        Awaitility.setDefaultTimeout(LIMIT);
        List<Feature> features = List.of(new CountFeature());
        try (var node = WholeNode.start(features, Map.of("ratelimit.enabled", "false"))) {
            new ProjectionBench(node).measure();
        }
        System.exit(0);
    }

    private void measure() throws Exception {
        node.database().execute("create table count_events (type text primary key, events bigint not null)");
        sent("PUT", "/api/products/lamp", "{\"name\":\"a lamp\",\"priceCents\":500,\"stock\":1000000}");
        sent("POST", "/api/admin/projections/" + CountFeature.PROJECTION + "/pause", "");
        node.database().execute(FILL.replace("$EVENTS", Integer.toString(EVENTS)));
        Awaitility.await()
                .until(() -> text("select count(*) from event where position is null")
                        .equals("0"));
        node.database().execute("analyze event");

        var began = System.nanoTime();
        sent("POST", "/api/admin/projections/" + CountFeature.PROJECTION + "/resume", "");
        Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> counted() == EVENTS);
        put("caughtUpPerSecond", EVENTS / seconds(began));

        put("orderMillisP50WithoutRebuild", percentile(orders(200), 0.5));
        for (var i = 1; i <= REBUILDS; i++) {
            rebuild("rebuild" + i);
        }
        figures.printJson();
    }

    private void rebuild(String name) throws Exception {
        var going = new AtomicBoolean(true);
        var times = new ArrayList<Double>();
        var writer = CompletableFuture.runAsync(() -> {
            while (going.get()) {
                times.addAll(orders(1));
            }
        });
        var reader = CompletableFuture.supplyAsync(() -> {
            var reads = 0;
            for (; going.get(); reads++) {
                if (counted() != EVENTS) {
                    throw new IllegalStateException("a reader has seen a half-built projection");
                }
            }
            return reads;
        });
        var began = System.nanoTime();
        var id = node.read(sent("POST", "/api/admin/projections/" + CountFeature.PROJECTION + "/rebuild", ""))
                .get("id")
                .textValue();
        var state = Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> read("/api/admin/replays/" + id).get("state").textValue(),
                        found -> !found.equals("running"));
        var took = seconds(began);
        going.set(false);
        writer.get(1, TimeUnit.MINUTES);
        put(name + "Reads", reader.get(1, TimeUnit.MINUTES));
        if (!state.equals("done")) {
            throw new IllegalStateException("the rebuild is " + state);
        }
        put(name + "PerSecond", EVENTS / took);
        put(name + "OrdersPerSecondBeside", times.size() / took);
        put(name + "OrderMillisP50", percentile(times, 0.5));
        put(name + "OrderMillisP99", percentile(times, 0.99));
    }

    private void put(String name, double value) {
        figures.put(name, value);
        System.out.printf("%-34s %12.1f%n", name, value);
    }

    private List<Double> orders(int number) {
        var times = new ArrayList<Double>();
        for (var i = 0; i < number; i++) {
            var began = System.nanoTime();
            sent(
                    "POST",
                    "/api/orders",
                    "{\"items\":[{\"sku\":\"lamp\",\"quantity\":1}],\"payment\":{\"token\":\"ok\"}}");
            times.add(seconds(began) * TimeUnit.SECONDS.toMillis(1));
        }
        return times;
    }

    private static double percentile(List<Double> values, double share) {
        var sorted = values.stream().sorted().toList();
        return sorted.get((int) (share * (sorted.size() - 1)));
    }

    private static double seconds(long beganNanos) {
        return (System.nanoTime() - beganNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private long counted() {
        return Long.parseLong(text("select coalesce(sum(events), 0) from count_events"));
    }

    private String text(String select) {
        return Waiting.on(node.database().pool().query(select).execute())
                .iterator()
                .next()
                .getValue(0)
                .toString();
    }

    @CanIgnoreReturnValue
    private String sent(String method, String path, String body) {
        HttpResponse<String> answer = node.send(node.request(path)
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
        if (answer.statusCode() >= 400) {
            throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private JsonNode read(String path) {
        return node.read(sent("GET", path, ""));
    }
}
