package dev.skelly.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.feature.Access;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.RateLimit;
import dev.skelly.feature.Response;
import dev.skelly.feature.Route;
import dev.skelly.testing.HttpSettings;
import dev.skelly.testing.WebServer;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Limits of a route that belong to the caller's network. */
class NetworkLimitIT {

    private static final Route ROUTE = Route.of(
                    "POST",
                    "/api/toys",
                    Access.ANYONE,
                    "Make a toy",
                    request -> Future.succeededFuture(Response.noContent()))
            .body(BodySchema.of(BodySchema.text("name", 1, 9)))
            .limited(RateLimit.perNetwork("toys", 2, Duration.ofHours(1)));

    private static WebServer server() {
        return new WebServer(new HttpSettings().proxies("127.0.0.1").config(), List.of(ROUTE), List.of());
    }

    private static HttpResponse<String> post(WebServer server, String address, String body) {
        return server.send(server.request("/api/toys")
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", address)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static int status(WebServer server, String address) {
        return post(server, address, "{\"name\":\"lamp\"}").statusCode();
    }

    @Test
    void eachNetworkHasPermitsOfItsOwn() {
        try (var server = server()) {
            // When
            assertThat(status(server, "192.0.2.7")).isEqualTo(204);
            assertThat(status(server, "::ffff:192.0.2.7")).isEqualTo(204);
            var third = post(server, "192.0.2.7", "{\"name\":\"lamp\"}");

            // Then
            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(1_700L, 1_800L);
            assertThat(third.headers().allValues("RateLimit")).anyMatch(left -> left.startsWith("\"toys\";r=0;"));
            assertThat(status(server, "192.0.2.8")).isEqualTo(204);
        }
    }

    @Test
    void aWiderNetworkHasMoreButNotForEachOfItsClients() {
        try (var server = server()) {
            var made = 0;
            for (var n = 0; n < 100; n++) {
                made += status(server, "2001:db8:1:" + Integer.toHexString(n) + "::1") == 204 ? 1 : 0;
            }

            // Then: the /56 of all of them has four shares
            assertThat(made).isEqualTo(8);
            assertThat(status(server, "2001:db8:1:100::1")).isEqualTo(204);
        }
    }

    @Test
    void anInvalidBodyTakesNoPermit() {
        try (var server = server()) {
            // When
            for (var n = 0; n < 10; n++) {
                assertThat(post(server, "192.0.2.7", "{}").statusCode()).isEqualTo(422);
            }

            // Then
            assertThat(status(server, "192.0.2.7")).isEqualTo(204);
        }
    }

    @Test
    void withoutPermitsNoBodyIsAwaited() throws IOException {
        try (var server = server();
                var socket = server.socket()) {
            // Given
            assertThat(status(server, "127.0.0.1")).isEqualTo(204);
            assertThat(status(server, "127.0.0.1")).isEqualTo(204);

            // When
            var headers =
                    "POST /api/toys HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n";
            socket.getOutputStream().write(headers.getBytes(StandardCharsets.US_ASCII));
            var line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);

            // Then
            assertThat(line).isEqualTo("HTTP/1.1 429");
        }
    }
}
