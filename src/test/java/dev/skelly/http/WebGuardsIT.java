package dev.skelly.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.ratelimit.RateLimitConfig;
import dev.skelly.testing.HttpSettings;
import dev.skelly.testing.LogLines;
import dev.skelly.testing.WebServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** E-15, E-17, E-25, E-33, E-36: what stands between this server and pages and peers that it does not know. */
final class WebGuardsIT {

    private static final String LISTED = "https://app.example.org";
    private static final RateLimitConfig THREE_AT_ONCE = new RateLimitConfig(true, 1, 3, 1_000);
    private static final String GOOD = "{\"email\":\"ada@example.org\",\"password\":\"long enough\"}";
    private static final WebServer SERVER = server(new HttpSettings()
            .publicUrl("https://skelly.example.org")
            .corsOrigins(LISTED)
            .proxies("127.0.0.0/8"));

    private static WebServer server(HttpSettings settings) {
        return new WebServer(
                settings.config(),
                THREE_AT_ONCE,
                WebServer.TOKENS,
                new ToyRoutes().list(),
                List.of(ToyRoutes::mountStream));
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void letsPagesOfListedOriginsReadAnswersButSendNoCookies() {
        // When
        var answer = SERVER.send(
                from("203.0.113.1", "/api/query").header("Origin", LISTED).build());

        // Then
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(LISTED);
        assertThat(header(answer, "Access-Control-Expose-Headers"))
                .contains("ETag", "Location", "Skelly-Position", "RateLimit");
        assertThat(header(
                        SERVER.send(from("203.0.113.1", "/api/query")
                                .header("Origin", LISTED + ":443")
                                .build()),
                        "Access-Control-Allow-Origin"))
                .isEqualTo(LISTED + ":443");
        assertThat(header(answer, "Vary")).contains("Origin");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "*",
                "http://app.example.org",
                "https://app.example.org.evil.example",
                "https://app.example.org:8443",
                "https://evil.example"
            })
    void tellsPagesOfOtherOriginsNothing(String origin) {
        // When
        var answer = SERVER.send(
                from("203.0.113.2", "/api/query").header("Origin", origin).build());
        var asked = SERVER.send(preflight("203.0.113.2", origin));

        // Then
        assertThat(List.of(answer, asked))
                .allSatisfy(each -> assertThat(each.headers().map().keySet())
                        .noneMatch(name -> name.startsWith("access-control-")));
    }

    @Test
    void answersTheQuestionOfAListedPagesBrowser() {
        // When
        var answer = SERVER.send(preflight("203.0.113.3", LISTED));

        // Then
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(header(answer, "Access-Control-Allow-Methods")).contains("PATCH", "DELETE");
        assertThat(header(answer, "Access-Control-Allow-Headers"))
                .contains("Idempotency-Key", "If-Match", "ce-specversion", "ce-type");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
    }

    @Test
    void takesChangesFromNoForeignPage() {
        // When
        var foreign = register("203.0.113.4", "Origin", "https://evil.example");
        var older = register("203.0.113.4", "Sec-Fetch-Site", "cross-site");
        var listed = register("203.0.113.5", "Origin", LISTED);
        var own = register("203.0.113.5", "Origin", "https://skelly.example.org");
        var program = register("203.0.113.5", "User-Agent", "program");

        // Then
        assertThat(List.of(foreign, older)).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("foreign-origin");
        });
        assertThat(List.of(listed, own, program))
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(201));
    }

    @Test
    void guardsEveryAnswer() {
        // When
        var answers = Stream.of("/toy.html", "/api/query", "/api/nothing", "/api/broken", "/.well-known/jwks.json")
                .map(path -> SERVER.send(
                        from("203.0.113." + (10 + path.length()), path).build()))
                .toList();

        // Then
        assertThat(answers).allSatisfy(answer -> {
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "Content-Security-Policy")).contains("frame-ancestors 'none'");
            assertThat(header(answer, "Strict-Transport-Security")).contains("max-age=31536000");
            assertThat(header(answer, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
            assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
            assertThat(header(answer, "Referrer-Policy")).isIn("no-referrer", "same-origin");
            assertThat(header(answer, "Permissions-Policy")).contains("camera=()");
            assertThat(answer.headers().map()).doesNotContainKeys("server", "x-powered-by");
            assertThat(answer.body()).doesNotContain("secret cause", "Exception", "at dev.skelly");
        });
        assertThat(header(answers.get(1), "Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "GET", "PROPFIND"})
    void changesNothingByOtherMethods(String method) {
        // When
        var answer = SERVER.send(from("203.0.113.6", "/api/register")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("X-Secret", "echo")
                .build());

        // Then
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.body()).doesNotContain("echo");
    }

    @Test
    void limitsEachAddressBehindItsOwnProxy() {
        // When
        var statuses = Stream.of(
                        "203.0.113.7",
                        "198.51.100.1, 203.0.113.7",
                        "198.51.100.2, 203.0.113.7, 127.0.0.9",
                        "nonsense, 203.0.113.7:4711",
                        "198.51.100.3",
                        "2001:db8::1",
                        "2001:db8::2",
                        "2001:db8::3",
                        "2001:db8::4")
                .map(said -> SERVER.send(from(said, "/api/query").build()))
                .toList();

        // Then
        assertThat(statuses.stream().map(HttpResponse::statusCode))
                .containsExactly(200, 200, 200, 429, 200, 200, 200, 200, 429);
        assertThat(header(statuses.get(0), "RateLimit-Policy")).isEqualTo("\"requests\";q=3;w=3");
        assertThat(header(statuses.get(0), "RateLimit")).startsWith("\"requests\";r=2;t=");
        assertThat(header(statuses.get(3), "Retry-After")).isEqualTo("1");
    }

    @Test
    void countsAllSpellingsOfAnAddressAsOne() {
        // When
        var statuses = Stream.of(
                        "203.0.113.50",
                        "::ffff:203.0.113.50",
                        "0:0:0:0:0:ffff:cb00:7132",
                        "[::ffff:cb00:7132]:4711",
                        "203.0.113.51")
                .map(said -> SERVER.send(from(said, "/api/query").build()).statusCode());

        // Then
        assertThat(statuses).containsExactly(200, 200, 200, 429, 200);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.21, /api/query, Bearer nonsense, 401",
        "203.0.113.22, /api/things/me, Basic YTpi, 401",
        "203.0.113.23, /api/nothing, Bearer nonsense, 401"
    })
    void countsWhatIsRefusedLikeAnyOther(String address, String path, String authorization, int refused) {
        // When
        var answers = IntStream.range(0, 4)
                .mapToObj(time -> SERVER.send(from(address, path)
                        .header("Authorization", authorization)
                        .build()))
                .toList();

        // Then
        assertThat(answers.stream().map(HttpResponse::statusCode)).containsExactly(refused, refused, refused, 429);
        assertThat(header(answers.get(0), "RateLimit")).startsWith("\"requests\";r=2;t=");
        assertThat(header(answers.get(3), "Retry-After")).isEqualTo("1");
    }

    @Test
    void countsWhoMayNotByAccount() {
        // Given
        var person = "Bearer " + WebServer.TOKENS.token(new UUID(7, 7), "user");

        // When
        var statuses = IntStream.range(0, 4)
                .mapToObj(time -> SERVER.send(from("203.0.113." + (30 + time), "/api/things/1")
                        .header("Authorization", person)
                        .DELETE()
                        .build()))
                .map(HttpResponse::statusCode);

        // Then
        assertThat(statuses).containsExactly(403, 403, 403, 429);
    }

    @Test
    void believesNoPeerThatIsNoProxy() {
        try (var server = server(new HttpSettings());
                var warnings = LogLines.of(ProxyWarning.class)) {
            // When
            var statuses = Stream.of("203.0.113.1", "203.0.113.2", "203.0.113.3", "203.0.113.4")
                    .map(said -> server.send(server.request("/api/query")
                            .header("X-Forwarded-For", said)
                            .build()))
                    .map(HttpResponse::statusCode)
                    .toList();

            // Then
            assertThat(statuses).containsExactly(200, 200, 200, 429);
            assertThat(warnings.lines()).hasSize(1).allMatch(line -> line.contains("add its address to http.proxies"));
        }
    }

    private static HttpRequest.Builder from(String address, String path) {
        return SERVER.request(path).header("X-Forwarded-For", address);
    }

    private static HttpRequest preflight(String address, String origin) {
        return from(address, "/api/register")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .build();
    }

    private static HttpResponse<String> register(String address, String name, String value) {
        return SERVER.send(from(address, "/api/register")
                .header("Content-Type", "application/json")
                .header(name, value)
                .POST(HttpRequest.BodyPublishers.ofString(GOOD))
                .build());
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("none");
    }
}
