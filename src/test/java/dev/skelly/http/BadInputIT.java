package dev.skelly.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.event.Json;
import dev.skelly.testing.WebServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets the right problem, with every fault at once, and reaches no endpoint. */
final class BadInputIT {

    private static final ToyRoutes ROUTES = new ToyRoutes();
    private static final WebServer SERVER = new WebServer(WebServer.config(), ROUTES.list(), List.of());

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void takesGoodInput() throws JsonProcessingException {
        // When
        var answer = SERVER.post("/api/register", "{\"email\":\"ada@example.org\",\"password\":\"long enough\"}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location")).contains("/api/things/1");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(json(answer).path("email").asText()).isEqualTo("ada@example.org");
    }

    @Test
    void namesEveryFaultAtOnce() throws JsonProcessingException {
        // When
        var problem = refused(422, "invalid-input", "{\"email\":\"nobody\",\"name\":7,\"rôle/x\":1,\"admin\":true}");

        // Then
        assertThat(faults(problem))
                .containsExactlyInAnyOrder(
                        "#/email format",
                        "#/password required",
                        "#/name type",
                        "#/r%C3%B4le~1x unknown",
                        "#/admin unknown");
        var own = refused(422, "invalid-input", "{\"email\":\"ada@b.org\",\"password\":\"ada@b.org\",\"x\":1}");
        assertThat(faults(own)).containsExactlyInAnyOrder("#/password own", "#/x unknown");
    }

    @Test
    void namesEveryMissingField() throws JsonProcessingException {
        // When
        var problem = refused(422, "invalid-input", "{}");

        // Then
        assertThat(faults(problem)).containsExactlyInAnyOrder("#/email required", "#/password required");
        assertThat(problem.path("type").asText()).isEqualTo("/problems/invalid-input");
        assertThat(problem.path("instance").asText()).isEqualTo("/api/register");
        assertThat(problem.path("requestId").asText()).isNotEmpty();
    }

    @Test
    void saysWhatIsTooLongAndTooShort() throws JsonProcessingException {
        // Given
        var email = "a".repeat(100_000) + "@example.org";

        // When
        var problem = refused(422, "invalid-input", "{\"email\":\"" + email + "\",\"password\":\"short\"}");

        // Then
        assertThat(faults(problem)).contains("#/email max-length", "#/password min-length");
    }

    @Test
    void refusesNullWhereATextIsNeeded() throws JsonProcessingException {
        // When
        var problem = refused(422, "invalid-input", "{\"email\":null,\"password\":\"long enough\"}");

        // Then
        assertThat(faults(problem)).containsExactly("#/email type");
    }

    @Test
    void tellsWhatARecordsConstructorRefuses() throws JsonProcessingException {
        // When
        var problem = refused(
                422, "invalid-input", "{\"email\":\"ada@example.org\",\"password\":\"long enough\",\"name\":\"root\"}");

        // Then
        assertThat(faults(problem)).containsExactly("#/name taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "a\\u0000b", "\\ud800", "\\udc00\\ud800"})
    void refusesTextThatCannotBeStored(String text) throws JsonProcessingException {
        // When
        var problem = refused(
                422,
                "invalid-input",
                "{\"email\":\"ada@example.org\",\"password\":\"long enough\",\"name\":\"" + text + "\"}");

        // Then
        assertThat(faults(problem)).containsExactly("#/name character");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"email\":}",
                "{\"email\":\"a@b.org\",\"email\":\"c@d.org\",\"password\":\"long enough\"}",
                "{\"email\":\"a@b.org\", /* hm */ \"password\":\"long enough\"}",
                "{\"email\":\"a@b.org\", // hm\n \"password\":\"long enough\"}",
                "{\"email\":\"a@b.org\",\"password\":\"long enough\"} trailing",
                "{\"email\":\"a@b.org\",\"password\":\"long enough\"}{}",
                "{'email':'a@b.org'}",
                "{\"email\":NaN}",
                "{\"email\":01}",
                "\u0000{}"
            })
    void refusesWhatIsNotJson(String body) throws JsonProcessingException {
        // When
        var problem = refused(400, "malformed-json", body);

        // Then
        assertThat(problem.path("detail").asText()).doesNotContain("com.fasterxml");
    }

    @Test
    void refusesJsonThatIsTooDeep() throws JsonProcessingException {
        // When
        var problem = refused(400, "json-too-complex", "[".repeat(1_000) + "]".repeat(1_000));

        // Then
        assertThat(problem.path("status").asInt()).isEqualTo(400);
    }

    @Test
    void refusesAnArrayWhereAnObjectIsNeeded() throws JsonProcessingException {
        // When
        var problem = refused(422, "invalid-input", "[]");

        // Then
        assertThat(faults(problem)).containsExactly("# type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json; charset=latin1"
            })
    void refusesOtherContentTypes(String type) {
        // When
        var answer = SERVER.send(SERVER.request("/api/register")
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());

        // Then
        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @Test
    void refusesATwoMegabyteBody() {
        // When
        var answer = SERVER.post("/api/register", "{\"email\":\"" + "a".repeat(2 * 1024 * 1024) + "\"}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("body-too-large");
    }

    @Test
    void refusesATwoMegabyteBodyOfUnknownLength() {
        // When
        var body = new ByteArrayInputStream(new byte[2 * 1024 * 1024]);
        var answer = SERVER.send(SERVER.request("/api/register")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body))
                .build());

        // Then
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void refusesNulInAPath() {
        // When
        var answer = SERVER.get("/api/things/a%00b");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void refusesAQueryThatCannotBeDecoded() throws IOException {
        // When
        var query = raw("GET /api/query?x=%zz HTTP/1.1\r\nConnection: close");
        var unread = raw("GET /api/things/a?unknown=% HTTP/1.1\r\nConnection: close");
        var path = raw("GET /api/things/%zz HTTP/1.1\r\nConnection: close");
        var star = raw("OPTIONS * HTTP/1.1");
        var name = raw("GET things HTTP/1.1");

        // Then
        assertThat(List.of(query, unread, path, star, name))
                .allSatisfy(answer -> assertThat(answer).contains(" 400 ").contains("application/problem+json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Other: 1", "Host: a\r\nHost: b", "Host: %zz", "Host: a b"})
    void refusesARequestThatIsForNoOneHost(String host) throws IOException {
        // When
        var answer = sent("GET /api/things/1 HTTP/1.1\r\nConnection: close\r\n" + host + "\r\n\r\n");

        // Then
        assertThat(answer).contains(" 400 ").contains("application/problem+json");
    }

    @Test
    void saysThatTheEmptyTextIsNoAddress() throws JsonProcessingException {
        // When
        var problem = refused(422, "invalid-input", "{\"email\":\"\",\"password\":\"long enough\"}");

        // Then
        assertThat(faults(problem)).contains("#/email format");
    }

    @Test
    void closesTheConnectionWhenItDoesNotReadTheBody() throws IOException {
        // When
        var answer = raw("POST /api/things/1 HTTP/1.1\r\nContent-Length: 1000000000");

        // Then
        assertThat(answer).contains(" 405 ").containsIgnoringCase("connection: close");
    }

    /* All that comes until the server closes. */
    private static String raw(String start) throws IOException {
        return sent(start + "\r\nHost: x\r\n\r\n");
    }

    private static String sent(String request) throws IOException {
        try (var socket = SERVER.socket()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(5_000);
            return readUntilClosed(socket);
        }
    }

    private static String readUntilClosed(Socket socket) throws IOException {
        var answer = new ByteArrayOutputStream();
        socket.getInputStream().transferTo(answer);
        return answer.toString(StandardCharsets.US_ASCII);
    }

    private static JsonNode refused(int status, String code, String body) throws JsonProcessingException {
        var before = ROUTES.registered.get();
        var answer = SERVER.post("/api/register", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(ROUTES.registered.get()).isEqualTo(before);
        var problem = json(answer);
        assertThat(problem.path("code").asText()).isEqualTo(code);
        return problem;
    }

    private static JsonNode json(HttpResponse<String> answer) throws JsonProcessingException {
        return Json.mapper().readTree(answer.body());
    }

    private static List<String> faults(JsonNode problem) {
        var faults = new ArrayList<String>();
        problem.path("errors")
                .forEach(fault -> faults.add(fault.path("pointer").asText() + " "
                        + fault.path("code").asText()));
        return faults;
    }
}
