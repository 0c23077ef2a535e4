package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skelly.faults.RandomFaults.Kind;
import dev.skelly.features.orders.OrderBooks;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many clients order while nodes, the leader, the broker and the database are killed (catalogue and B-08 with orders). In the torture only;
 * {@code -Dskelly.orders=N} for another number of orders.
 */
class OrdersUnderFaultsIT {

    private static final int ORDERS = Integer.getInteger("skelly.orders", 10_000);
    private static final int CLIENTS = 64;
    private static final int COMPARISONS = 1_500;

    private static final Duration CAUGHT_UP_WITHIN = Duration.ofSeconds(60);
    private static final Duration DATABASE_WITHIN = Duration.ofSeconds(10);
    private static final Duration DONE_WITHIN = Duration.ofMinutes(2);

    private static final String ADMIN = "admin@example.org";
    private static final String PASSWORD = "correct horse battery staple";

    private static final List<String> SETTINGS = List.of(
            "--admin.email=" + ADMIN,
            "--admin.password=" + PASSWORD,
            "--security.token-life=1h",
            "--security.password-memory-kib=1024",
            "--security.password-iterations=1",
            "--auth.registrations=1000",
            "--auth.logins=1000",
            "--payments.sandbox-delay=300ms",
            "--orders.pay-within=15s"); // Passes in some outages, while the payment is on its way.

    private static final int NODES = 2;

    /* Nodes start again and again beside the load: without the second compiler that takes half the time. */
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static int times(int inTenThousand) {
        return Math.max(1, inTenThousand * ORDERS / 10_000);
    }

    @Test
    @Timeout(value = 25, unit = TimeUnit.MINUTES)
    void moneyAndStockAddUpWhateverIsKilled(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        assumeTrue(Torture.ON, "takes minutes: scripts/torture orders");
        var random = new Random(Torture.seed("OrdersUnderFaultsIT"));
        try (var stage = Stage.empty(folder, NODES)) {
            // Given
            IntStream.range(0, NODES).forEach(n -> start(stage, n));
            stage.crowd().gather(CLIENTS);
            var admin = signIn(stage);
            Shoppers.SKUS.forEach(sku -> put(stage, admin, sku));
            try (var shoppers = new Shoppers(stage, stage.crowd().people(), admin, random, ORDERS)) {
                var faults = new RandomFaults(
                        stage, n -> start(stage, n), shoppers.answers(), random, product(admin, "probe", 1));
                var began = System.nanoTime();

                // When
                shoppers.begin();
                faults.run(Map.of(
                        Kind.BROKER, times(20), Kind.NODE, times(5), Kind.LEADER, times(5), Kind.DATABASE, times(6)));
                shoppers.finish(Duration.ofMinutes(8));
                var took = Duration.ofNanos(System.nanoTime() - began);

                // Then
                var figures = "\"seconds\":" + took.toSeconds() + "," + faults.figures();
                check(stage, shoppers, faults, admin, figures, random);
            }
        }
    }

    private static void start(Stage stage, int n) {
        stage.startNode(n, SETTINGS, (folder, name, arguments) -> SkellyProcess.start(QUICK, folder, name, arguments));
    }

    private static void check(
            Stage stage, Shoppers shoppers, RandomFaults faults, String admin, String figures, Random random)
            throws Exception {
        var ledger = new OrderLedger(stage);
        var healed = System.nanoTime();
        var caughtUp = faults.caughtUp();
        await().atMost(DONE_WITHIN)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(ledger.undone()).isEmpty());
        var done = Duration.ofNanos(System.nanoTime() - healed);
        var earlier = new EarlierOrders(stage, admin);
        var seen = new ArrayList<>(shoppers.seen());
        Collections.shuffle(seen, random);
        earlier.compare(seen.subList(0, Math.min(COMPARISONS, seen.size())));
        System.out.println("{\"test\":\"orders under faults\",\"orders\":"
                + shoppers.placed().size() + "," + figures + ",\"repeatedCalls\":" + shoppers.repeated()
                + ",\"caughtUpMs\":" + caughtUp.toMillis() + ",\"doneMs\":" + done.toMillis() + ",\"comparedByCursor\":"
                + earlier.byCursor() + ",\"comparedByTime\":" + earlier.byTime() + ",\"answers\":\""
                + shoppers.answers() + "\"}");

        assertThat(ledger.placed())
                .as("each acknowledged order is there once, and no other")
                .containsExactlyInAnyOrderElementsOf(shoppers.placed());
        assertThat(ledger.deadLetters()).as("dead letters").isZero();
        assertThat(ledger.stock())
                .as("the table follows from the events")
                .isEqualTo(new OrderBooks().check(ledger.events()));
        checkAnswers(shoppers.answers());
        Torture.promise("broker caught up", faults.longest(Kind.BROKER), CAUGHT_UP_WITHIN);
        Torture.promise("database recovered", faults.longest(Kind.DATABASE), DATABASE_WITHIN);
        Torture.promise("all orders ended", done, CAUGHT_UP_WITHIN);
        assertThat(earlier.byTime()).isGreaterThan(earlier.byCursor() / 2);
    }

    private static void checkAnswers(PhasedAnswers answers) {
        assertThat(answers.in(Kind.BROKER.name()).keySet())
                .as("answers without a broker")
                .isNotEmpty()
                .allMatch(status -> status / 100 == 2 || status == 409);
        assertThat(answers.in(Kind.DATABASE.name()).keySet())
                .as("answers without a database; 0 is none at all")
                .isNotEmpty()
                .allMatch(status -> status / 100 == 2 || status == 409 || status == 503);
        assertThat(answers.withoutRetryAfter()).as("503 without Retry-After").isEmpty();
    }

    private static String signIn(Stage stage) {
        var answer = stage.api()
                .send("POST", "/api/auth/login", null, UUID.randomUUID(), Map.of("email", ADMIN, "password", PASSWORD))
                .orTimeout(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return stage.api().read(answer.body()).get("accessToken").textValue();
    }

    private static void put(Stage stage, String admin, String sku) {
        var pieces = sku.equals(Shoppers.SKUS.get(Shoppers.SKUS.size() - 1)) ? ORDERS / 20 : ORDERS * 3;
        var request = product(admin, sku, pieces);
        var path = request.build().uri().getPath();
        var answer = stage.api()
                .http()
                .sendAsync(request.uri(stage.api().node().resolve(path)).build(), HttpResponse.BodyHandlers.ofString())
                .orTimeout(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static HttpRequest.Builder product(String admin, String sku, int pieces) {
        var body = "{\"name\":\"" + sku + "\",\"priceCents\":" + (100 + sku.hashCode() % 97) + ",\"stock\":" + pieces
                + "}";
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1/api/products/" + sku))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body));
    }
}
