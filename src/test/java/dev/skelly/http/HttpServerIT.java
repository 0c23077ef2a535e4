package dev.skelly.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.feature.Response;
import dev.skelly.testing.TestTokens;
import dev.skelly.testing.Waiting;
import dev.skelly.testing.WebServer;
import io.vertx.core.Future;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every request meets on its way, whatever the route. */
final class HttpServerIT {

    private static final UUID ACCOUNT = UUID.randomUUID();

    private final ToyRoutes routes = new ToyRoutes();
    private final WebServer server = new WebServer(WebServer.config(), routes.list(), List.of());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void asksForSignIn() {
        // When
        var answer = server.get("/api/things/me");

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void knowsWhoATokenSpeaksOf() {
        // When
        var answer = authorized("/api/things/me", "Bearer " + WebServer.TOKENS.token(ACCOUNT, "user"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"account\":\"" + ACCOUNT + "\"").contains("\"actor\":\"" + ACCOUNT + "\"");
    }

    @Test
    void refusesABadTokenEvenWhereNoneIsNeeded() {
        // When
        var answer = authorized("/api/things/1", "Bearer a.b.c");

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
        assertThat(answer.body()).contains("\"code\":\"invalid-token\"");
    }

    @Test
    void tellsThatATokenHasExpired() {
        // Given
        var claims = TestTokens.claims(ACCOUNT, "user")
                .expirationTime(Date.from(Instant.now().minusSeconds(120)))
                .build();
        var token = TestTokens.sign(WebServer.TOKENS.header().build(), claims, WebServer.TOKENS.key());

        // When
        var answer = authorized("/api/things/me", "Bearer " + token);

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"code\":\"expired-token\"");
    }

    @Test
    void keepsAdministratorsRoutesForAdministrators() {
        // When
        var user = delete("/api/things/1", WebServer.TOKENS.token(ACCOUNT, "user"));
        var admin = delete("/api/things/1", WebServer.TOKENS.token(ACCOUNT, "user", "admin"));

        // Then
        assertThat(user.statusCode()).isEqualTo(403);
        assertThat(admin.statusCode()).isEqualTo(204);
    }

    @Test
    void prefersAPathWithoutParametersAndFindsTheOther() {
        // When
        var literal = server.get("/api/things/me");
        var parameter = server.get("/api/things/a%20b");

        // Then
        assertThat(literal.statusCode()).isEqualTo(401);
        assertThat(parameter.body()).contains("\"id\":\"a b\"");
    }

    @Test
    void saysWhichMethodsAResourceTakes() {
        // When
        var answer = server.send(server.request("/api/things/1")
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build());
        var options = server.send(server.request("/api/things/1")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build());

        // Then
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("DELETE, GET, HEAD, OPTIONS");
        assertThat(answer.body()).contains("method-not-allowed");
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("Allow")).contains("DELETE, GET, HEAD, OPTIONS");
    }

    @Test
    void answersHeadAsGetWithoutTheBody() {
        // When
        var answer = server.send(server.request("/api/things/1")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build());

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValueAsLong("Content-Length").orElse(0))
                .isPositive();
    }

    @Test
    void answers404AsAProblem() {
        // When
        var answer = server.get("/api/nothing");

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void neverTellsTheCauseOfABug() {
        // When
        var answer = server.get("/api/broken");

        // Then
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .contains("\"requestId\"")
                .doesNotContain("secret cause")
                .doesNotContain("Exception");
    }

    @Test
    void saysWhenToComeBack() {
        // When
        var answer = server.get("/api/full");

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("3");
    }

    @Test
    void returnsASafeRequestIdAndReplacesOthers() {
        // When
        var safe = server.send(server.request("/api/things/1")
                .header("X-Request-Id", "abc-123")
                .build());
        var unsafe = server.send(server.request("/api/things/1")
                .header("X-Request-Id", "abc<script>")
                .build());

        // Then
        assertThat(safe.headers().firstValue("X-Request-Id")).contains("abc-123");
        assertThat(unsafe.headers().firstValue("X-Request-Id").orElseThrow()).doesNotContain("<");
    }

    @Test
    void makesTheCorrelationItselfWhateverTheRequestId() {
        // Given
        var id = UUID.randomUUID().toString();

        // When
        var answer = server.send(
                server.request("/api/things/1").header("X-Request-Id", id).build());

        // Then
        assertThat(answer.headers().firstValue("X-Request-Id")).contains(id);
        assertThat(answer.body()).contains("\"correlation\":\"").doesNotContain(id);
    }

    @Test
    void limitsTheRate() {
        // When
        var first = server.get("/api/limited");
        var second = server.get("/api/limited");
        var third = server.get("/api/limited");

        // Then
        assertThat(first.headers().allValues("RateLimit-Policy")).contains("\"toy\";q=2;w=60");
        assertThat(second.statusCode()).isEqualTo(204);
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
    }

    @Test
    void turnsNewRequestsAwayWhileItDrainsAndFinishesThoseUnderWay() {
        // Given
        var client = HttpClient.newHttpClient();
        var held = client.sendAsync(server.request("/api/held").build(), HttpResponse.BodyHandlers.ofString());
        Waiting.on(routes.asked.future());

        // When
        server.lifecycle().drain();
        var refused = server.get("/api/things/1");
        routes.held.complete(Response.noContent());

        // Then
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(Waiting.on(Future.fromCompletionStage(held)).statusCode()).isEqualTo(204);
    }

    @Test
    void showsTheKeysAndCountsRequests() {
        // When
        var keys = server.get("/.well-known/jwks.json");

        // Then
        assertThat(keys.body())
                .contains(WebServer.TOKENS.key().getKeyID())
                .contains("\"ES256\"")
                .doesNotContain("\"d\"");
        await().untilAsserted(
                        () -> assertThat(server.meters().scrape())
                                .contains(
                                        "skelly_http_requests_seconds_count{method=\"GET\",route=\"/.well-known/jwks.json\",status=\"200\"}"));
    }

    private HttpResponse<String> authorized(String path, String authorization) {
        return server.send(
                server.request(path).header("Authorization", authorization).build());
    }

    private HttpResponse<String> delete(String path, String token) {
        return server.send(server.request(path)
                .header("Authorization", "Bearer " + token)
                .DELETE()
                .build());
    }
}
