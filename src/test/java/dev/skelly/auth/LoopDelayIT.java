package dev.skelly.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.testing.LogLines;
import dev.skelly.testing.Torture;
import dev.skelly.testing.WholeNode;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.threadchecker.BlockedThreadChecker;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** C-10: while passwords are hashed, the event loops of a node run what they are given at once, and Vert.x reports none as blocked. */
class LoopDelayIT {

    private static final int LOGINS = Torture.times(240, 20);
    private static final int AT_ONCE = 4;
    private static final Duration TICK = Duration.ofMillis(5);
    private static final Duration DELAY_MAX = Duration.ofMillis(20);

    /** Hands out the node's Vert.x. */
    private record Probe(AtomicReference<Vertx> vertx) implements Feature {

        @Override
        public String name() {
            return "probe";
        }

        @Override
        public void install(FeatureRegistry registry, Platform platform) {
            vertx.set(platform.vertx());
        }
    }

    @Test
    void loopsRunWhatTheyAreGivenWhileManyLogIn() {
        var probe = new Probe(new AtomicReference<>());
        var settings = new HashMap<>(WholeNode.DEAR_PASSWORDS);
        settings.put("ratelimit.enabled", "false");
        try (var log = LogLines.of(BlockedThreadChecker.class);
                var node = WholeNode.start(List.of(probe), settings)) {
            // Given
            var vertx = (VertxInternal) Objects.requireNonNull(probe.vertx().get());
            var delays = new ConcurrentLinkedQueue<Duration>();
            for (var loop = 0; loop < 2 * Runtime.getRuntime().availableProcessors(); loop++) {
                vertx.createEventLoopContext().runOnContext(started -> watch(vertx, delays));
            }

            // When
            var statuses = new ConcurrentLinkedQueue<Integer>();
            var client = HttpClient.newHttpClient();
            var lines = IntStream.range(0, AT_ONCE)
                    .mapToObj(line -> logIn(client, node, statuses, LOGINS / AT_ONCE))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(lines).join();

            // Then
            assertThat(statuses).hasSize(LOGINS).containsOnly(200);
            assertThat(delays).isNotEmpty();
            assertThat(log.lines()).isEmpty();
            var sorted = delays.stream().sorted().toList();
            Torture.promise("C-10 delay of the loops, p99", sorted.get(sorted.size() * 99 / 100), DELAY_MAX);
        }
    }

    /* On the loop of the caller; each tick is compared with the time at which it was due, so a long delay counts for all ticks that it held up. */
    private static void watch(Vertx vertx, Queue<Duration> delays) {
        var began = System.nanoTime();
        var ticks = new AtomicInteger();
        vertx.setPeriodic(TICK.toMillis(), tick -> {
            var due = TICK.toNanos() * ticks.incrementAndGet();
            delays.add(Duration.ofNanos(System.nanoTime() - began - due));
        });
    }

    private static CompletableFuture<Void> logIn(
            HttpClient client, WholeNode node, Queue<Integer> statuses, int times) {
        return times == 0
                ? CompletableFuture.completedFuture(null)
                : logIn(client, node).thenCompose(answer -> {
                    statuses.add(answer.statusCode());
                    return logIn(client, node, statuses, times - 1);
                });
    }

    private static CompletableFuture<HttpResponse<String>> logIn(HttpClient client, WholeNode node) {
        var body = "{\"email\":\"" + WholeNode.ADMIN + "\",\"password\":\"" + WholeNode.PASSWORD + "\"}";
        return client.sendAsync(
                node.request("/api/auth/login")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
