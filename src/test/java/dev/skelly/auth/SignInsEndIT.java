package dev.skelly.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.OpenStream;
import dev.skelly.testing.Outbox;
import dev.skelly.testing.Torture;
import dev.skelly.testing.WholeNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** E-06, E-09: however a sign-in ends, its token, its cookies and its open streams end with it within a second. */
class SignInsEndIT {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private static WholeNode node;

    @SuppressWarnings("NullAway.Init")
    private static String admin;

    /** A sign-in: its access token and the cookies it came with. */
    private record LogIn(String token, String refresh, String session) {}

    /** A person with two sign-ins: one that is to end, and one that may end it. */
    private record Person(String id, String email, LogIn phone, LogIn laptop) {}

    /** What ends a person's sign-in on the phone. */
    private enum Way {
        SIGNED_OUT {
            @Override
            HttpResponse<String> end(Person person) {
                return call("POST", "/api/auth/logout", person.phone().token(), "{}");
            }
        },
        SIGNED_OUT_BY_COOKIE {
            @Override
            HttpResponse<String> end(Person person) {
                return node.send(node.request("/api/auth/logout")
                        .header("Cookie", "refresh=" + person.phone().refresh())
                        .POST(BodyPublishers.noBody())
                        .build());
            }
        },
        ENDED_FROM_ELSEWHERE {
            @Override
            HttpResponse<String> end(Person person) {
                var sessions = node.read(
                        call("GET", "/api/auth/sessions", person.phone().token(), "")
                                .body());
                var current = sessions.path("current").asText();
                return call(
                        "DELETE",
                        "/api/auth/sessions/" + current,
                        person.laptop().token(),
                        "");
            }
        },
        ALL_ENDED {
            @Override
            HttpResponse<String> end(Person person) {
                return call("DELETE", "/api/auth/sessions", person.laptop().token(), "");
            }
        },
        NEW_PASSWORD {
            @Override
            HttpResponse<String> end(Person person) {
                return call(
                        "PUT",
                        "/api/me/password",
                        person.laptop().token(),
                        "{\"oldPassword\":\"" + WholeNode.PASSWORD + "\",\"password\":\"another long sentence\"}");
            }
        },
        PASSWORD_BY_A_MAILED_LINK {
            @Override
            HttpResponse<String> end(Person person) {
                var asked = node.post("/api/auth/password/forgot", Map.of("email", person.email()));
                assertThat(asked.statusCode()).as(asked.body()).isEqualTo(204);
                return node.post(
                        "/api/auth/password/reset",
                        Map.of(
                                "token",
                                Outbox.token(node, person.email(), "reset-password"),
                                "password",
                                "another long sentence"));
            }
        },
        ADDRESS_PROVED_IN_ANOTHER_BROWSER {
            @Override
            HttpResponse<String> end(Person person) {
                var token = Outbox.token(node, person.email(), "verify-email");
                return node.post("/api/auth/verify-email", Map.of("token", token));
            }
        },
        DISABLED {
            @Override
            HttpResponse<String> end(Person person) {
                return call("PATCH", "/api/users/" + person.id(), admin, "{\"disabled\":true}", "If-Match", "*");
            }
        },
        ERASED {
            @Override
            HttpResponse<String> end(Person person) {
                return call("DELETE", "/api/me", person.laptop().token(), "{}", "If-Match", "*");
            }
        },
        ERASED_BY_AN_ADMINISTRATOR {
            @Override
            HttpResponse<String> end(Person person) {
                return call("DELETE", "/api/users/" + person.id(), admin, "", "If-Match", "*");
            }
        };

        abstract HttpResponse<String> end(Person person);
    }

    @BeforeAll
    static void start() {
        node = WholeNode.start(Map.of("ratelimit.enabled", "false"));
        admin = node.signIn(WholeNode.ADMIN);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static HttpResponse<String> call(String method, String path, String token, String body, String... headers) {
        var request = node.request(path).header("Authorization", "Bearer " + token);
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return node.send(request.method(method, publisher(body)).build());
    }

    private static HttpRequest.BodyPublisher publisher(String body) {
        return body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    }

    private static Person person() {
        var email = "person" + NUMBER.incrementAndGet() + "@example.org";
        return new Person(node.register(email), email, signIn(email), signIn(email));
    }

    private static LogIn signIn(String email) {
        var answer = node.post("/api/auth/login", Map.of("email", email, "password", WholeNode.PASSWORD));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new LogIn(
                node.read(answer.body()).path("accessToken").asText(),
                cookie(answer, "refresh"),
                cookie(answer, "session"));
    }

    private static String cookie(HttpResponse<String> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.substring(name.length() + 1, cookie.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }

    private static OpenStream byToken(String token) {
        return new OpenStream(node, "", "Authorization", "Bearer " + token);
    }

    private static OpenStream byCookie(String session) {
        return new OpenStream(node, "", "Cookie", "session=" + session, "Sec-Fetch-Site", "same-origin");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void tokenCookiesAndStreamsEndTogether(Way way) {
        // Given
        var person = person();
        try (var one = byToken(person.phone().token()).ready();
                var other = byCookie(person.phone().session()).ready()) {
            assertThat(call("GET", "/api/me", person.phone().token(), "").statusCode())
                    .isEqualTo(200);

            // When
            var answer = way.end(person);

            // Then
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
            Torture.within(
                    "E-09 " + way,
                    SOON,
                    () -> one.ended()
                            && other.ended()
                            && call("GET", "/api/me", person.phone().token(), "")
                                            .statusCode()
                                    == 401);
            assertThat(one.heard("\"reason\":\"auth\"")).isTrue();
        }
        nothingIsGivenAnyMore(person.phone());
    }

    private static void nothingIsGivenAnyMore(LogIn signIn) {
        try (var again = byToken(signIn.token());
                var cookie = byCookie(signIn.session())) {
            assertThat(again.status()).isEqualTo(401);
            assertThat(cookie.status()).isEqualTo(204); // Tells a browser not to come back.
        }
        var ticket = call("POST", "/api/stream/tickets", signIn.token(), "{}");
        var refresh = node.post("/api/auth/refresh", Map.of("refreshToken", signIn.refresh()));
        var emitted =
                call("POST", "/api/events", signIn.token(), "{\"type\":\"ui.clicked\",\"data\":{\"element\":\"x\"}}");
        assertThat(List.of(ticket, refresh, emitted))
                .extracting(HttpResponse::statusCode)
                .containsOnly(401);
    }

    @Test
    void nothingElseIsAnAccessTokenNorAnAccessTokenAnythingElse() {
        // Given
        var signIn = person().phone();
        var answer = call("POST", "/api/stream/tickets", signIn.token(), "{}");
        var ticket = node.read(answer.body()).path("ticket").asText();

        // When
        var refreshed = node.post("/api/auth/refresh", Map.of("refreshToken", signIn.token()));
        var verified = node.post("/api/auth/verify-email", Map.of("token", signIn.token()));
        try (var stream = new OpenStream(node, "?ticket=" + signIn.token())) {
            // Then
            assertThat(ticket).isNotEmpty();
            assertThat(stream.status()).isEqualTo(401);
        }
        assertThat(refreshed.statusCode()).isIn(401, 422); // It is longer than any refresh token.
        assertThat(verified.statusCode()).isIn(400, 401, 422);
        assertThat(List.of(ticket, signIn.refresh()))
                .allSatisfy(
                        other -> assertThat(call("GET", "/api/me", other, "").statusCode())
                                .isEqualTo(401));
    }
}
