package dev.skelly.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.WebServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is for browsers only: cookies, the pages of the jar. */
final class CookiesAndPagesIT {

    private static final WebServer SERVER =
            new WebServer(WebServer.config(), new ToyRoutes().list(), List.of(ToyRoutes::mountStream));

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void setsCookiesThatScriptsAndOtherSitesCannotUse() {
        // When
        var answer = SERVER.get("/api/cookie");

        // Then
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("refresh=abc", "Path=/api/auth", "HTTPOnly", "SameSite=Strict", "Max-Age=86400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://127.0.0.1:1"})
    void takesNoCookieThatAnotherSitesPageSent(String origin) {
        // When
        var answer = SERVER.send(SERVER.request("/api/cookie")
                .header("Cookie", "refresh=abc")
                .header("Origin", origin)
                .build());
        var stream = SERVER.send(SERVER.request("/api/stream")
                .header("Cookie", "session=abc")
                .header("Origin", origin)
                .build());

        // Then
        assertThat(answer.body()).contains("\"got\":\"none\"");
        assertThat(stream.statusCode()).isEqualTo(403);
    }

    @Test
    void takesTheSessionCookieFromItsOwnPage() {
        // When
        var sameOrigin = SERVER.send(SERVER.request("/api/stream")
                .header("Cookie", "session=abc")
                .header("Origin", SERVER.server().url())
                .header("Sec-Fetch-Site", "same-origin")
                .build());
        var eventSource = SERVER.send(
                SERVER.request("/api/stream").header("Cookie", "session=abc").build());
        var crossSite = SERVER.send(SERVER.request("/api/stream")
                .header("Cookie", "session=abc")
                .header("Sec-Fetch-Site", "cross-site")
                .build());

        // Then
        assertThat(sameOrigin.body()).isEqualTo("abc");
        assertThat(eventSource.body()).isEqualTo("abc");
        assertThat(crossSite.statusCode()).isEqualTo(403);
    }

    @Test
    void readsTheCookiesOfAllLines() throws IOException {
        // When
        var second = cookies("/api/cookie", "other=1; theme=dark", "refresh=abc");
        var session = cookies("/api/stream", "other=1", "theme=dark; session=def");
        var same = cookies("/api/cookie", "refresh=abc", "refresh=abc");

        // Then
        assertThat(second).contains(" 200 ", "\"got\":\"abc\"");
        assertThat(session).contains(" 200 ").endsWith("def");
        assertThat(same).contains("\"got\":\"abc\"");
    }

    @Test
    void takesNoneOfTwoCookiesOfOneName() throws IOException {
        // When
        var lines = cookies("/api/cookie", "refresh=abc", "refresh=evil");
        var line = cookies("/api/stream", "session=abc; session=evil");

        // Then
        assertThat(lines).contains(" 400 ", "malformed-header", "the name refresh");
        assertThat(line).contains(" 400 ", "malformed-header", "the name session");
    }

    private static String cookies(String path, String... lines) throws IOException {
        try (var socket = SERVER.socket()) {
            var request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: "
                    + String.join("\r\nCookie: ", lines) + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void servesPagesOfTheJarAndNothingElse() {
        // When
        var page = SERVER.get("/toy.html");
        var again = SERVER.send(SERVER.request("/toy.html")
                .header("If-None-Match", page.headers().firstValue("ETag").orElseThrow())
                .build());

        // Then
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'");
        assertThat(again.statusCode()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../db/log/001_log.sql",
                "/%2e%2e/logback.xml",
                "/..%2flogback.xml",
                "/.hidden.html",
                "/toy.html/",
                "/toy",
                "//toy.html",
                "/..%5clogback.xml",
                "/toy.html%00.css"
            })
    void leadsNoPathOutOfItsFolder(String path) throws IOException {
        // When
        var status = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        // Then
        assertThat(status).containsAnyOf(" 404 ", " 400 ");
    }

    private String raw(String request) throws IOException {
        try (var socket = SERVER.socket()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }
}
