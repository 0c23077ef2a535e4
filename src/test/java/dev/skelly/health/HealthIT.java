package dev.skelly.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.config.SecretValue;
import dev.skelly.event.Json;
import dev.skelly.http.RouterPart;
import dev.skelly.http.ServingState;
import dev.skelly.testing.Waiting;
import dev.skelly.testing.WebServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The node says of itself what its parts say of themselves. */
@ExtendWith(VertxExtension.class)
final class HealthIT {

    private final ServingState lifecycle = new ServingState();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private volatile Future<Void> database = Future.succeededFuture();
    private volatile Future<Void> broker = Future.succeededFuture();
    private final HealthEndpoint health = new HealthEndpoint(
            List.of(ReadinessCheck.vital("database", () -> database), ReadinessCheck.optional("broker", () -> broker)),
            lifecycle,
            Json.mapper(),
            meters);
    private final WebServer server = new WebServer(
            WebServer.config(),
            List.of(),
            List.<RouterPart>of(health, new MetricsEndpoint(meters, MetricsConfig.DEFAULT)));

    @BeforeEach
    void start(Vertx vertx) {
        Waiting.on(vertx.deployVerticle(health));
        Waiting.on(vertx.deployVerticle(new RuntimeMetrics(meters, 2)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void livesBeforeItHasStarted() {
        // When
        var live = server.get("/health/live");
        var started = server.get("/health/started");
        var ready = server.get("/health/ready");

        // Then
        assertThat(live.statusCode()).isEqualTo(200);
        assertThat(started.statusCode()).isEqualTo(503);
        assertThat(ready.statusCode()).isEqualTo(503);
    }

    @Test
    void isNotReadyWhileTheDatabaseIsAway() {
        // Given
        lifecycle.started();
        assertThat(server.get("/health/ready").body())
                .isEqualTo(
                        "{\"status\":\"up\",\"checks\":{\"database\":{\"status\":\"up\"},\"broker\":{\"status\":\"up\"}}}");

        // When
        database = Future.failedFuture("connection refused");

        // Then
        await().until(() -> server.get("/health/ready").statusCode() == 503);
        assertThat(server.get("/health/ready").body())
                .contains("\"status\":\"down\"")
                .doesNotContain("refused");
        database = Future.succeededFuture();
        await().until(() -> server.get("/health/ready").statusCode() == 200);
    }

    @Test
    void isNotReadyWhileTheDatabaseDoesNotAnswer() {
        // Given
        lifecycle.started();

        // When
        database = Promise.<Void>promise().future();

        // Then
        await().until(() -> server.get("/health/ready").statusCode() == 503);
        database = Future.succeededFuture();
        await().until(() -> server.get("/health/ready").statusCode() == 200);
    }

    @Test
    void isReadyButDegradedWhileTheBrokerIsAway() {
        // Given
        lifecycle.started();

        // When
        broker = Future.failedFuture("connection refused");

        // Then
        await().until(() -> server.get("/health/ready").body().contains("degraded"));
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void saysThatTheDiskIsNearlyFullOrTakesNothing(Vertx vertx, @TempDir Path folder) throws IOException {
        // Given
        var own = new ServingState();
        var data = Files.createDirectory(folder.resolve("data"));
        var disk = new DiskCheck(vertx, data, Integer.MAX_VALUE, meters);
        var endpoint = new HealthEndpoint(List.of(disk.writes(), disk.space()), own, Json.mapper(), meters);
        Waiting.on(vertx.deployVerticle(endpoint));
        own.started();
        try (var other = new WebServer(WebServer.config(), List.of(), List.of(endpoint, metrics()))) {
            // When
            var nearlyFull = other.get("/health/ready");
            Files.delete(data.resolve("write-probe"));
            Files.delete(data);
            await().until(() -> other.get("/health/ready").statusCode() == 503);

            // Then
            assertThat(nearlyFull.statusCode()).isEqualTo(200);
            assertThat(nearlyFull.body())
                    .contains("degraded")
                    .containsPattern("the disk of the data folder has \\d+ MiB free \\(expected: at least \\d+\\)");
            assertThat(other.get("/metrics").body())
                    .contains("skelly_health_check{check=\"disk\"} 0.0")
                    .containsPattern("skelly_disk_free_bytes \\d");
        }
    }

    private MetricsEndpoint metrics() {
        return new MetricsEndpoint(meters, MetricsConfig.DEFAULT);
    }

    @Test
    void isNotReadyWhileItDrains() {
        // Given
        lifecycle.started();

        // When
        lifecycle.drain();
        server.lifecycle().drain();

        // Then
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void showsWhatItMeasures() {
        // When
        await().until(() -> server.get("/metrics").body().contains("skelly_loop_lag_seconds_count"));

        // Then
        assertThat(server.get("/metrics").body()).contains("jvm_memory_used_bytes");
    }

    @Test
    void showsItToTheBearerOfTheTokenAlone() {
        // Given
        var config = new MetricsConfig(new SecretValue("of-the-scraper-alone"));
        try (var guarded = new WebServer(WebServer.config(), List.of(), List.of(new MetricsEndpoint(meters, config)))) {
            // When
            var answers = Stream.of(
                            "",
                            "Bearer of-the-scraper-alon",
                            "Basic of-the-scraper-alone",
                            "Bearer of-the-scraper-alone")
                    .map(sent -> guarded.send(guarded.request("/metrics")
                            .header("Authorization", sent)
                            .GET()
                            .build()))
                    .toList();

            // Then
            assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(401, 401, 401, 200);
            assertThat(answers.get(0).headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(answers.get(0).body()).contains("metrics-token").doesNotContain("of-the-scraper");
        }
    }
}
