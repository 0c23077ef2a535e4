package dev.skelly.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.LogLines;
import dev.skelly.testing.WebServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body whose chunks cannot be read is the fault of its sender: it gets 400 or is cut, and the log tells of no bug. */
final class BrokenChunksIT {

    private static final ToyRoutes ROUTES = new ToyRoutes();
    private static final WebServer SERVER = new WebServer(WebServer.config(), ROUTES.list(), List.of());

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"zz\r\n{}\r\n0\r\n\r\n", "2\r\n{}no end\r\n0\r\n\r\n", "-1\r\n{}\r\n", "fffffffffff\r\n{}\r\n"})
    void callsABrokenChunkTheFaultOfTheCaller(String body) throws IOException {
        // When
        String answer;
        String lines;
        try (var log = new LogLines()) {
            answer = sent("POST /api/register HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n" + body);
            lines = log.text();
        }

        // Then
        assertThat(answer).doesNotContain(" 500 ").matches("(?s)|HTTP/1.1 400 .*malformed-body.*");
        assertThat(lines).doesNotContain("bug").doesNotContain("Exception");
    }

    private static String sent(String request) throws IOException {
        try (var socket = SERVER.socket()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
