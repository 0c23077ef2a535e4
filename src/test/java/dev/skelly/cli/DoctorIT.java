package dev.skelly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.WholeNode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What stands between a client and a node is found, and nothing where nothing stands. */
final class DoctorIT {

    private static final WholeNode NODE = WholeNode.start(Map.of());

    private final List<String> lines = new ArrayList<>();

    @AfterAll
    static void close() {
        NODE.close();
    }

    private int check(String url, Duration idle) throws InterruptedException {
        return new ConnectionChecks(RemoteNode.of(url).orElseThrow(), idle, lines::add).run();
    }

    /** A proxy that buffers responses, and cuts a connection to the node that is silent for a second. */
    private static final class BadProxy implements AutoCloseable {

        private final HttpServer server;

        BadProxy() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", BadProxy::pass);
            server.setExecutor(Executors.newCachedThreadPool());
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        private static void pass(HttpExchange exchange) throws IOException {
            var target = URI.create(NODE.url() + exchange.getRequestURI()).toURL();
            var connection = (HttpURLConnection) target.openConnection();
            connection.setReadTimeout(1_000);
            connection.setRequestProperty("X-Forwarded-For", "203.0.113.9");
            try {
                var status = connection.getResponseCode();
                var body = (status < 400 ? connection.getInputStream() : connection.getErrorStream()).readAllBytes();
                exchange.getResponseHeaders().add("Content-Type", String.valueOf(connection.getContentType()));
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            } finally {
                exchange.close();
            }
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @Test
    void findsNothingWhereNothingStands() throws InterruptedException {
        // When
        var code = check(NODE.url(), Duration.ofSeconds(1));

        // Then
        assertThat(code).as(lines.toString()).isEqualTo(Program.OK);
        assertThat(lines)
                .anyMatch(line -> line.startsWith("ok       buffer: none"))
                .anyMatch(line -> line.startsWith("ok       clock:"))
                .anyMatch(line -> line.startsWith("ok       websocket: "))
                .anyMatch(line -> line.startsWith("ok       silence: a connection survives 1 s"))
                .noneMatch(line -> line.startsWith("warning"));
    }

    @Test
    void findsAProxyThatBuffersAndCuts() throws Exception {
        try (var proxy = new BadProxy()) {
            // When
            var code = check(proxy.url(), Duration.ofSeconds(3));

            // Then
            assertThat(code).as(lines.toString()).isEqualTo(Program.FAILURE);
            assertThat(lines)
                    .anyMatch(line -> line.startsWith("warning  buffer: frames that were sent within"))
                    .anyMatch(line -> line.startsWith("warning  proxy: X-Forwarded-For"))
                    .anyMatch(line -> line.startsWith("warning  silence: a connection without data for 3 s is cut"));
        }
    }

    @Test
    void saysThatNoServerAnswers() throws InterruptedException {
        assertThat(check("http://127.0.0.1:" + SkellyProcess.freePort(), Duration.ZERO))
                .isEqualTo(Program.UNHEALTHY);
        assertThat(lines).hasSize(1).allMatch(line -> line.startsWith("failed   reach: no answer"));
    }

    @Test
    void theProbeIsBoundedForEachNetwork() {
        try (var node = WholeNode.start(Map.of())) {
            var answers = IntStream.range(0, 14)
                    .mapToObj(n -> node.get("/health/stream-probe?idle=" + (n % 2 == 0 ? "0" : "121")))
                    .toList();
            assertThat(answers).allMatch(answer -> answer.statusCode() == 422);

            var statuses = IntStream.range(0, 11)
                    .parallel()
                    .mapToObj(n -> node.get("/health/stream-probe").statusCode())
                    .sorted()
                    .toList();
            assertThat(statuses.get(0)).isEqualTo(200);
            assertThat(statuses.get(10)).isEqualTo(429);
        }
    }
}
