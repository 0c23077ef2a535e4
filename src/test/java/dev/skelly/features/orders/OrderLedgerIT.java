package dev.skelly.features.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import dev.skelly.testing.WholeNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/**
 * Many clients order, pay with every kind of token, and cancel, at a whole node; then the log is read like a book of accounts. {@link #seen} holds what
 * the API answered, to be asked for again.
 */
class OrderLedgerIT {

    private static final int ORDERS = Torture.times(3_000, 300);
    private static final int CLIENTS = Torture.times(64, 16);
    private static final List<String> SKUS = List.of("lamp", "rope", "sail");
    private static final int STOCK = ORDERS / 3; // Fewer than are asked for.
    private static final List<String> TOKENS = List.of("ok", "ok", "ok", "slow", "double", "decline", "none");

    private final List<JsonNode> seen = Collections.synchronizedList(new ArrayList<>());

    private record Client(WholeNode node, String token) {

        HttpResponse<String> send(String method, String path, String body) {
            return node.send(node.request(path)
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build());
        }

        JsonNode read(String path) {
            return node.read(send("GET", path, "").body());
        }
    }

    private static WholeNode node() {
        return WholeNode.start(Map.of(
                "ratelimit.enabled",
                "false",
                "payments.sandbox-delay",
                "300ms",
                "auth.logins",
                "1000",
                "auth.registrations",
                "1000"));
    }

    private Void order(Client client, Client admin, Random random) {
        var items = new ArrayList<String>();
        for (var sku : SKUS) {
            if (items.isEmpty() || random.nextInt(3) == 0) {
                items.add("{\"sku\":\"" + sku + "\",\"quantity\":" + (1 + random.nextInt(3)) + "}");
            }
        }
        var token = TOKENS.get(random.nextInt(TOKENS.size()));
        var placed = client.send(
                "POST", "/api/orders", "{\"items\":" + items + ",\"payment\":{\"token\":\"" + token + "\"}}");
        assertThat(placed.statusCode()).as(placed.body()).isIn(201, 409);
        if (placed.statusCode() == 201) {
            var id = client.node().read(placed.body()).get("id").textValue();
            if (random.nextInt(4) == 0) {
                var cancelled = client.send("POST", "/api/orders/" + id + "/cancel", "");
                assertThat(cancelled.statusCode()).as(cancelled.body()).isIn(200, 409);
            }
            var answer = client.send("GET", "/api/orders/" + id, "");
            seen.add(client.node().read(answer.body()));
            var earlier = seen.get(random.nextInt(seen.size())).get("id").textValue();
            seen.add(admin.read("/api/orders/" + earlier));
        }
        return null;
    }

    @Test
    void moneyAndStockAddUpAtEveryPrefixOfTheLog() throws InterruptedException, ExecutionException {
        var seed = Torture.seed("OrderLedgerIT");
        try (var node = node()) {
            var admin = new Client(node, node.signIn(WholeNode.ADMIN));
            for (var sku : SKUS) {
                var body = "{\"name\":\"" + sku + "\",\"priceCents\":" + (100 + sku.hashCode() % 97) + ",\"stock\":"
                        + STOCK + "}";
                assertThat(admin.send("PUT", "/api/products/" + sku, body).statusCode())
                        .isEqualTo(200);
            }
            run(node, admin, seed);

            await().until(() -> unfinished(node) == 0);
            assertThat(stock(node))
                    .as("the table follows from the events")
                    .isEqualTo(new OrderBooks().check(events(node)));
            assertEarlierStates(admin);
        }
    }

    private void run(WholeNode node, Client admin, long seed) throws InterruptedException, ExecutionException {
        var clients = new ArrayList<Client>();
        for (var i = 0; i < CLIENTS; i++) {
            var email = "client" + i + "@example.org";
            node.register(email);
            clients.add(new Client(node, node.signIn(email)));
        }
        var threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            var work = new ArrayList<Callable<Void>>();
            for (var i = 0; i < ORDERS; i++) {
                var client = clients.get(i % CLIENTS);
                var random = new Random(seed + i);
                work.add(() -> order(client, admin, random));
            }
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static long unfinished(WholeNode node) {
        return Waiting.on(node.database().pool().query(OrderBooks.UNFINISHED).execute())
                .iterator()
                .next()
                .getLong(0);
    }

    private static List<OrderBooks.Entry> events(WholeNode node) {
        return Waiting.on(node.database().pool().query(OrderBooks.EVENTS).execute()).stream()
                .map(row -> new OrderBooks.Entry(row.getString("type"), node.read(row.getString("data"))))
                .toList();
    }

    private static Map<String, Integer> stock(WholeNode node) {
        var stock = new HashMap<String, Integer>();
        Waiting.on(node.database()
                        .pool()
                        .query("select sku, stock, held from product")
                        .execute())
                .forEach(row -> {
                    assertThat(row.getInteger("held")).isZero();
                    stock.put(row.getString("sku"), row.getInteger("stock"));
                });
        return stock;
    }

    /* What the API answered once is what it answers for that time: the position of the last event that the answer had. */
    private void assertEarlierStates(Client admin) {
        assertThat(seen).hasSizeGreaterThan(ORDERS / 6);
        for (var then : seen) {
            var path = "/api/orders/" + then.get("id").textValue();
            var version = then.get("version").intValue();
            var cursors = new ArrayList<String>();
            admin.read(path + "/history").get("items").forEach(event -> {
                if (event.get("type").textValue().startsWith("order.")) {
                    cursors.add(event.get("cursor").textValue());
                }
            });
            assertThat(admin.read(path + "?at=" + cursors.get(version - 1))).isEqualTo(then);
        }
    }
}
