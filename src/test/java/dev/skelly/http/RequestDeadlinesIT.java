package dev.skelly.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.HttpSettings;
import dev.skelly.testing.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Whoever keeps the server waiting is let go. */
final class RequestDeadlinesIT {

    private static final String PING = "GET /api/nothing HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final WebServer SERVER = new WebServer(
            WebServer.config(Duration.ofMillis(500), Duration.ofMillis(800), Duration.ofMillis(600)),
            new ToyRoutes().list(),
            List.of());

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void closesAConnectionWhoseHeadersTrickleIn() throws IOException {
        try (var socket = SERVER.socket()) {
            // When
            var answer = trickle(socket, "GET /api/things/1 HTTP/1.1\r\nHost: x\r\nX-Slow: ");

            // Then
            assertThat(answer).isEmpty();
        }
    }

    @Test
    void closesAConnectionWhoseNextHeadersTrickleIn() throws IOException {
        try (var socket = SERVER.socket()) {
            // Given
            write(socket, "GET /api/things/1 HTTP/1.1\r\nHost: x\r\n\r\n");

            // When
            var answer = trickle(socket, "GET /api/things/2 HTTP/1.1\r\nHost: x\r\nX-Slow: ");

            // Then
            assertThat(answer).contains("\"id\":\"1\"").doesNotContain("\"id\":\"2\"");
        }
    }

    @Test
    void closesAConnectionOnWhichNothingComes() throws IOException {
        try (var socket = SERVER.socket()) {
            // When
            var answer = read(socket);

            // Then
            assertThat(answer).isEmpty();
        }
    }

    @Test
    void answers408ToABodyThatDoesNotCome() throws IOException {
        try (var socket = SERVER.socket()) {
            // When
            write(
                    socket,
                    "POST /api/register HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
            var answer = read(socket);

            // Then
            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("\"code\":\"timeout\"");
        }
    }

    @Test
    void answers503WhenTheEndpointDoesNot() throws IOException {
        try (var socket = SERVER.socket()) {
            // When
            write(socket, "GET /api/held HTTP/1.1\r\nHost: x\r\n\r\n");
            var answer = read(socket);

            // Then
            assertThat(answer).startsWith("HTTP/1.1 503 ").containsIgnoringCase("Retry-After: 1");
        }
    }

    @Test
    void refusesALongRequestLine() throws IOException {
        // When
        var answer = ask("GET /" + "a".repeat(5_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");

        // Then
        assertThat(answer).contains(" 414 ").contains("application/problem+json");
    }

    @Test
    void refusesLongHeaders() throws IOException {
        // When
        var answer = ask("GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(9_000) + "\r\n\r\n");

        // Then
        assertThat(answer).contains(" 431 ").contains("application/problem+json");
    }

    @Test
    void answers429ToOneConnectionTooManyOfAnAddress() throws IOException {
        try (var server = new WebServer(
                        new HttpSettings().connectionsPerAddress(1).config(), List.of(), List.of());
                var first = server.socket()) {
            // Given
            write(first, PING);
            assertThat(first.getInputStream().read()).isPositive();

            // When
            String answer;
            try (var second = server.socket()) {
                write(second, PING);
                answer = read(second);
            }

            // Then
            assertThat(answer)
                    .startsWith("HTTP/1.1 429 ")
                    .containsIgnoringCase("Retry-After: 5")
                    .containsIgnoringCase("Connection: close")
                    .contains("too many connections are open from this network");
            try (var elsewhere =
                    new Socket(first.getInetAddress(), first.getPort(), InetAddress.getByName("127.0.0.2"), 0)) {
                write(elsewhere, PING);
                assertThat(new String(elsewhere.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 404");
            }
        }
    }

    @Test
    void connectionsOfAProxyAreNotOneClients() throws IOException {
        var settings = new HttpSettings().connectionsPerAddress(1).proxies("127.0.0.1");
        try (var server = new WebServer(settings.config(), List.of(), List.of());
                var first = server.socket();
                var second = server.socket()) {
            // When
            write(first, PING);
            write(second, PING);

            // Then
            assertThat(first.getInputStream().read()).isPositive();
            assertThat(new String(second.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 404");
        }
    }

    @Test
    void closesOneConnectionTooManyAndTakesTheNextWhenOneIsGone() throws IOException {
        try (var server = new WebServer(new HttpSettings().connectionsMax(2).config(), List.of(), List.of());
                var first = server.socket();
                var second = server.socket()) {
            // Given
            write(first, PING);
            assertThat(first.getInputStream().read()).isPositive();
            write(second, PING);
            assertThat(second.getInputStream().read()).isPositive();

            // When
            try (var third = server.socket()) {
                assertThat(third.getInputStream().read()).isNegative();
            }
            second.shutdownOutput();

            // Then
            await().until(() -> {
                try (var fourth = server.socket()) {
                    write(fourth, PING);
                    return fourth.getInputStream().read() > 0;
                } catch (SocketException refused) {
                    return false;
                }
            });
        }
    }

    @Test
    void refusesWhatIsNotHttp() throws IOException {
        // When
        var answer = ask("hello\r\n\r\n");

        // Then
        assertThat(answer).contains(" 400 ");
    }

    @Test
    void speaksNoHttp2WithoutTls() throws IOException {
        // When
        var answer = ask("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

        // Then
        assertThat(answer).doesNotContain("\u0000");
    }

    /* Two lengths, or a length and chunks, are how requests are smuggled past a proxy. */
    @Test
    void refusesAmbiguousLengths() throws IOException {
        // When
        var answer = ask("POST /api/register HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x");

        // Then
        assertThat(answer).contains(" 400 ");
    }

    private static String ask(String request) throws IOException {
        try (var socket = SERVER.socket()) {
            write(socket, request);
            return read(socket);
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static String read(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    /* A byte now and then until the server has had enough: the read's own timeout is the pace. */
    private static String trickle(Socket socket, String start) throws IOException {
        write(socket, start);
        socket.setSoTimeout(50);
        var answer = new StringBuilder();
        for (var silences = 0; silences < 200; ) {
            try {
                var read = socket.getInputStream().read();
                if (read < 0) {
                    return answer.toString();
                }
                answer.append((char) read);
            } catch (SocketTimeoutException stillOpen) {
                silences++;
                if (!written(socket)) {
                    return answer.toString();
                }
            } catch (SocketException reset) {
                return answer.toString();
            }
        }
        throw new AssertionError("the connection stayed open");
    }

    private static boolean written(Socket socket) {
        try {
            write(socket, "a");
            return true;
        } catch (IOException closed) {
            return false;
        }
    }
}
