package dev.skelly.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.WebServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The session cookie signs in where a route says so, and only for pages of this server: what a sent beacon needs, and no forgery. */
final class CookieSignInIT {

    private static final UUID ACCOUNT = new UUID(7, 7);
    private static final ToyRoutes ROUTES = new ToyRoutes();
    private static final WebServer SERVER = new WebServer(WebServer.config(), ROUTES.list(), List.of());

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void takesABeaconOfItsOwnPage() {
        // When
        var beacon = SERVER.send(beacon(token())
                .header("Origin", SERVER.server().url())
                .header("Sec-Fetch-Site", "same-origin")
                .build());
        var older = SERVER.send(
                beacon(token()).header("Origin", SERVER.server().url()).build());

        // Then
        assertThat(beacon.statusCode()).as(beacon.body()).isEqualTo(202);
        assertThat(beacon.body()).contains(ACCOUNT.toString());
        assertThat(older.statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://127.0.0.1:1", "", "not an origin"})
    void takesNoBeaconOfAnotherPage(String origin) {
        // Given
        var before = ROUTES.emitted.get();

        // When
        var answer = SERVER.send(beacon(token()).header("Origin", origin).build());

        // Then
        refused(answer, before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none", "anything"})
    void takesNoBeaconThatTheBrowserCallsForeign(String site) {
        // Given
        var before = ROUTES.emitted.get();

        // When
        var answer = SERVER.send(beacon(token())
                .header("Origin", SERVER.server().url())
                .header("Sec-Fetch-Site", site)
                .build());

        // Then
        refused(answer, before);
    }

    @Test
    void takesNoBeaconThatDoesNotSayWhereItComesFrom() {
        // Given
        var before = ROUTES.emitted.get();

        // When
        var answer = SERVER.send(beacon(token()).build());

        // Then
        refused(answer, before);
    }

    @Test
    void takesNoCookieThatIsNoToken() {
        // When
        var answer = SERVER.send(
                beacon("abc").header("Origin", SERVER.server().url()).build());

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void takesNoCookieOnOtherRoutes() {
        // When
        var answer = SERVER.send(SERVER.request("/api/things/me")
                .header("Cookie", "session=" + token())
                .header("Sec-Fetch-Site", "same-origin")
                .build());

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void saysWhatIsExpectedInsteadOfAnotherContentType() {
        // When
        var xml = SERVER.send(SERVER.request("/api/emit")
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "text/xml")
                .POST(HttpRequest.BodyPublishers.ofString("<x/>"))
                .build());
        var packed = SERVER.send(SERVER.request("/api/emit")
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());

        // Then
        assertThat(xml.statusCode()).isEqualTo(415);
        assertThat(xml.body())
                .contains("Content-Type: application/json or application/merge-patch+json or text/plain, in UTF-8");
        assertThat(packed.statusCode()).isEqualTo(415);
        assertThat(packed.body()).contains("without Content-Encoding");
    }

    private static void refused(HttpResponse<String> answer, int before) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains("foreign-origin");
        assertThat(ROUTES.emitted.get()).isEqualTo(before);
    }

    private static String token() {
        return WebServer.TOKENS.token(ACCOUNT, "user");
    }

    private static HttpRequest.Builder beacon(String token) {
        return SERVER.request("/api/emit")
                .header("Cookie", "session=" + token)
                .header("Content-Type", "text/plain;charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"ui.clicked\"}"));
    }
}
