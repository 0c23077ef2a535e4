package dev.skelly.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.testing.PreparedRun;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever strangers send, a line of the log is a line that the program wrote, and nothing in it is an order to a terminal or a library. */
class LogInjectionIT {

    private static final Duration END_WITHIN = Waiting.LIMIT;
    private static final int ANSWER_MILLIS_MAX = 20_000;
    private static final String FORGED = "2026-11-25T19:00:00.000Z ERROR forged";
    private static final Pattern TEXT_LINE = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z (TRACE|DEBUG|INFO|WARN|ERROR) +[\\w.$-]+  .*| {4}.*");
    /* To standard output, for whoever starts it: no lines of the log. */
    private static final Pattern SAID = Pattern.compile("skelly ready http\\S+|  \\S.*");
    private static final Pattern CONTROL =
            Pattern.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u202a-\\u202e]");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"json", "text"})
    void everyLineIsOneOfTheProgram(String format) throws IOException {
        PreparedRun.fill(folder.resolve("skelly-data"));
        try (var trap = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var process = SkellyProcess.start(
                        folder,
                        format,
                        List.of(
                                "--http.port=0",
                                "--log.format=" + format,
                                "--log.level=trace",
                                "--http.proxies=127.0.0.1"))) {
            // Given
            trap.setSoTimeout(1);
            var url = process.awaitReady();
            var evil = "${jndi:ldap://127.0.0.1:" + trap.getLocalPort() + "/x}\u001b[31m\u009b2J\u202e\u0000\u0085"
                    + FORGED;

            // When
            for (var request : requests(evil)) {
                assertThat(exchange(url, request)).as(request).startsWith("HTTP/1.1 ");
            }
            process.awaitLine(Pattern.compile("marker"));
            process.terminate();
            assertThat(process.exitCode(END_WITHIN)).isZero();

            // Then
            check(format, process.output().lines().toList());
            assertThat(org.assertj.core.api.Assertions.catchThrowable(trap::accept))
                    .as("somebody followed the name")
                    .isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    private static void check(String format, List<String> lines) {
        System.out.println("{\"test\":\"log-injection\",\"format\":\"" + format + "\",\"lines\":" + lines.size() + "}");
        assertThat(lines)
                .hasSizeGreaterThan(20)
                .noneMatch(line -> CONTROL.matcher(line).find())
                .noneMatch(line -> line.startsWith(FORGED));
        assertThat(lines)
                .allMatch(
                        format.equals("json")
                                ? LogInjectionIT::isObject
                                : line -> SAID.matcher(line).matches()
                                        || TEXT_LINE.matcher(line).matches());
    }

    private static boolean isObject(String line) {
        try {
            return SAID.matcher(line).matches()
                    || new JsonMapper().readTree(line).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /* The same text in each place that a line may tell of; the last request names itself, so that one knows when all were logged. */
    private static List<String> requests(String evil) {
        var requests = new ArrayList<String>();
        var encoded = java.net.URLEncoder.encode("\r\n" + evil, StandardCharsets.UTF_8);
        requests.add(get("/api/" + encoded + "?x=" + encoded, "X-Other: 1"));
        requests.add(get("/" + encoded + ".html", "X-Other: 1"));
        for (var header : List.of(
                "User-Agent",
                "X-Request-Id",
                "traceparent",
                "X-Forwarded-For",
                "Forwarded",
                "Referer",
                "Origin",
                "Cookie",
                "Authorization",
                "Idempotency-Key",
                "If-Match",
                "Accept",
                "Last-Event-ID",
                "ce-type",
                "Host")) {
            requests.add(get("/api/me", header + ": " + evil));
            requests.add(get("/api/me", header + ": " + evil.replaceAll("[\\x00-\\x1f]", "")));
        }
        var text = new io.vertx.core.json.JsonObject()
                .put("x", "\r\n" + evil.replace("\u0000", ""))
                .getString("x");
        for (var path : List.of("/api/auth/register", "/api/auth/login", "/api/auth/password/forgot", "/api/events")) {
            requests.add(post(path, body(text)));
            requests.add(post(path, body("ada@example.org")));
        }
        requests.add(post("/api/auth/register", "{\"" + evil));
        requests.add(get("/api/me", "X-Request-Id: marker"));
        return requests;
    }

    private static String body(String text) {
        return new io.vertx.core.json.JsonObject()
                .put("email", text.length() < 40 ? text : "a" + text + "@example.org")
                .put("password", "correct horse battery")
                .put("name", text)
                .put("type", text)
                .encode();
    }

    private static String get(String path, String header) {
        return "GET " + path + " HTTP/1.1\r\n" + (header.startsWith("Host") ? "" : "Host: x\r\n") + header
                + "\r\nConnection: close\r\n\r\n";
    }

    private static String post(String path, String body) {
        var length = body.getBytes(StandardCharsets.UTF_8).length;
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " + length
                + "\r\nConnection: close\r\n\r\n" + body;
    }

    private static String exchange(URI url, String request) throws IOException {
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(ANSWER_MILLIS_MAX);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            var answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
