package dev.skelly.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.HttpSettings;
import dev.skelly.testing.LogLines;
import dev.skelly.testing.WebServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What proxies tell: the client, by the PROXY protocol, and the scheme of pages. */
final class BehindProxiesIT {

    private static final String REQUEST = "GET /api/limited HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    private static WebServer server(String proxy) {
        return new WebServer(
                new HttpSettings().proxies(proxy).proxyProtocol().config(), new ToyRoutes().list(), List.of());
    }

    private static String sent(WebServer server, String start) throws IOException {
        try (var socket = server.socket()) {
            socket.getOutputStream().write((start + REQUEST).getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void theAddressOfTheHeaderIsTheClients() throws IOException {
        try (var server = server("127.0.0.1")) {
            // When
            var first = sent(server, "PROXY TCP4 198.51.100.7 192.0.2.1 4000 80\r\n");
            var mapped = sent(server, "PROXY TCP6 ::ffff:c633:6407 ::1 4001 80\r\n");
            var third = sent(server, "PROXY TCP4 198.51.100.7 192.0.2.1 4002 80\r\n");
            var other = sent(server, "PROXY TCP4 198.51.100.8 192.0.2.1 4003 80\r\n");

            // Then
            assertThat(List.of(first, mapped, other)).allMatch(answer -> answer.startsWith("HTTP/1.1 204 "));
            assertThat(third).startsWith("HTTP/1.1 429 ");
        }
    }

    @Test
    void aConnectionWithoutTheHeaderGetsNoAnswer() throws IOException {
        try (var server = server("127.0.0.0/8")) {
            assertThat(sent(server, "")).isEmpty();
        }
    }

    @Test
    void noOtherPeerMaySpeakIt() throws IOException {
        try (var server = server("203.0.113.9");
                var warnings = LogLines.of(ProxyWarning.class)) {
            // When
            var refused = sent(server, "PROXY TCP4 203.0.113.9 192.0.2.1 4000 80\r\n");

            // Then
            assertThat(refused).isEmpty();
            assertThat(warnings.lines()).hasSize(1).allMatch(line -> line.contains("http.proxy-protocol"));
        }
    }

    private static WebServer plain(HttpSettings settings) {
        return new WebServer(settings.config(), new ToyRoutes().list(), List.of(ToyRoutes::mountStream));
    }

    @ParameterizedTest
    @CsvSource({
        "https://skelly.example.org, 200",
        "https://skelly.example.org:443, 200",
        "http://skelly.example.org, 403",
        "https://skelly.example.org:8443, 403"
    })
    void takesTheCookieOfPagesOfItsSchemeHostAndPort(String origin, int status) {
        try (var server = plain(new HttpSettings().publicUrl("https://skelly.example.org"))) {
            // When
            var stream = server.send(server.request("/api/stream")
                    .header("Cookie", "session=abc")
                    .header("Origin", origin)
                    .build());

            // Then
            assertThat(stream.statusCode()).isEqualTo(status);
        }
    }

    @Test
    void knowsItsSchemeFromTheConnectionOrItsOwnProxy() {
        try (var server = plain(new HttpSettings().proxies("127.0.0.1"));
                var alone = plain(new HttpSettings())) {
            // When
            var plain = fromPage(server, "http", "http");
            var secure = fromPage(server, "https", "http, https");
            var other = fromPage(server, "https", "http");
            var forged = fromPage(alone, "https", "https");

            // Then
            assertThat(List.of(plain, secure, other, forged)).containsExactly(200, 200, 403, 403);
        }
    }

    private static int fromPage(WebServer server, String scheme, String forwarded) {
        return server.send(server.request("/api/stream")
                        .header("Cookie", "session=abc")
                        .header("Origin", server.server().url().replace("http:", scheme + ":"))
                        .header("X-Forwarded-Proto", forwarded)
                        .build())
                .statusCode();
    }
}
