package dev.skelly.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.HttpSettings;
import dev.skelly.testing.WebServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server decides before a route does: versions of HTTP, and requests that cannot be read. */
final class BeforeRoutingIT {

    private static final String LISTED = "https://app.example.org";
    private static final String BODY = "{\"email\":\"ada@example.org\",\"password\":\"long enough\"}";
    private static final WebServer SERVER =
            new WebServer(new HttpSettings().corsOrigins(LISTED).config(), new ToyRoutes().list(), List.of());

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static String sent(String request) throws IOException {
        try (var socket = SERVER.socket()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: x\r\n"})
    void http10NeedsNoHost(String host) throws IOException {
        // When
        var read = sent("GET /api/query?x=7 HTTP/1.0\r\n" + host + "\r\n");
        var cookie = sent("GET /api/cookie HTTP/1.0\r\n" + host + "Origin: http://x\r\nCookie: refresh=abc\r\n\r\n");

        // Then
        assertThat(read).startsWith("HTTP/1.0 200 ").contains("\"x\":\"7\"");
        assertThat(cookie).contains(host.isEmpty() ? "\"got\":\"none\"" : "\"got\":\"abc\"");
    }

    @Test
    void http10HasAtMostOneHost() throws IOException {
        assertThat(sent("GET /api/query HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n"))
                .startsWith("HTTP/1.0 400 ");
    }

    @Test
    void onlyHttp11IsToldToContinue() throws IOException {
        // Given
        var rest =
                " HTTP/1.%d\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY;

        // When
        var older = sent("POST /api/register" + rest.formatted(0));
        var newer = sent("POST /api/register" + rest.formatted(1));

        // Then
        assertThat(older).startsWith("HTTP/1.0 201 ").doesNotContain("100 Continue");
        assertThat(newer).startsWith("HTTP/1.1 100 Continue").contains("HTTP/1.1 201 ");
    }

    @ParameterizedTest
    @CsvSource({"1.1, /%s, 414", "1.1, / %s, 414", "1.1, /api query, 400", "7.7, /, 505", "2.0, /api/query, 505"})
    void whatCannotBeReadIsAnsweredInHttp11(String version, String target, int status) throws IOException {
        // When
        var answer = sent("GET " + target.formatted("a".repeat(5_000)) + " HTTP/" + version + "\r\nHost: x\r\n\r\n");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        LISTED + ", GET / HTTP/1.1, true",
        LISTED + ":443, GET / HTTP/1.0, true",
        "https://evil.example, GET / HTTP/1.1, false",
        LISTED + ", OPTIONS * HTTP/1.1, true"
    })
    void aListedPageReadsWhyItsRequestIsRefused(String origin, String line, boolean listed) throws IOException {
        // When
        var answer = sent(line + "\r\nOrigin: " + origin + "\r\nHost: x\r\nX-Long: "
                + "a".repeat(line.contains("*") ? 1 : 9_000) + "\r\n\r\n");

        // Then
        assertThat(answer).contains(line.contains("*") ? " 400 " : " 431 ");
        assertThat(answer.toLowerCase(Locale.ROOT).contains("access-control-allow-origin: " + origin))
                .isEqualTo(listed);
    }
}
