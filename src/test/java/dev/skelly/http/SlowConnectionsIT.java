package dev.skelly.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.HttpSettings;
import dev.skelly.testing.TestCertificate;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import dev.skelly.testing.WebServer;
import dev.skelly.testkit.TemporaryFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** D-12: many clients that send as slowly as they can are let go in time, and the requests of others are answered meanwhile. */
final class SlowConnectionsIT {

    private static final int SOCKETS = Torture.times(2_000, 200);
    private static final Duration DEADLINE = Duration.ofSeconds(Torture.times(10, 1));
    private static final Duration SWEEP_MAX = Duration.ofSeconds(1); // The server looks as often at least.
    private static final Duration OTHERS_MAX = Duration.ofMillis(250);

    /* The head of a record with a ClientHello of 16 KiB that never gets so long. */
    private static final byte[] HELLO = {0x16, 3, 1, 0x40, 0, 1, 0, 0x3f, (byte) 0xfc, 3, 3};

    private static HttpSettings settings() {
        return new HttpSettings()
                .connectionsPerAddress(2 * SOCKETS)
                .deadlines(DEADLINE, DEADLINE, DEADLINE.multipliedBy(10));
    }

    @Test
    void endsConnectionsWhoseHeadersTrickleIn() throws Exception {
        try (var server = new WebServer(settings().config(), new ToyRoutes().list(), List.of())) {
            // When
            var answers = trickle(server, null, ascii("GET /api/things/1 HTTP/1.1\r\nHost: x\r\nX-Slow: "));

            // Then
            assertThat(answers).hasSize(SOCKETS).containsOnly("");
        }
    }

    @Test
    void answers408ToBodiesThatTrickleIn() throws Exception {
        try (var server = new WebServer(settings().config(), new ToyRoutes().list(), List.of())) {
            // When
            var head =
                    "POST /api/register HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n";
            var answers = trickle(server, null, ascii(head));

            // Then
            assertThat(answers).hasSize(SOCKETS).allMatch(answer -> answer.startsWith("HTTP/1.1 408 "));
        }
    }

    @Test
    void endsConnectionsWhoseHandshakeTricklesIn() throws Exception {
        var folder = TemporaryFolder.make("skelly-test-slow");
        var own = TestCertificate.make(folder, "localhost");
        var config = settings().tls("localhost", own.certificate(), own.key()).config();
        try (var server = new WebServer(config, new ToyRoutes().list(), List.of())) {
            // When
            var answers = trickle(server, own.trusted(), HELLO);

            // Then
            assertThat(answers).hasSize(SOCKETS).noneMatch(answer -> answer.contains("HTTP"));
        } finally {
            TemporaryFolder.delete(folder);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /* A byte on each connection, then a request of another client, until the server has ended all; what each connection got. */
    private static List<String> trickle(WebServer server, @Nullable SSLContext tls, byte[] start) throws Exception {
        var url = URI.create(server.server().url());
        var client = tls == null
                ? HttpClient.newHttpClient()
                : HttpClient.newBuilder().sslContext(tls).build();
        var other = HttpRequest.newBuilder(url.resolve("/api/things/1")).build();
        var slow = new ArrayList<SlowConnection>();
        var others = new ArrayList<Duration>();
        var began = System.nanoTime();
        for (var n = 0; n < SOCKETS; n++) {
            slow.add(new SlowConnection(new InetSocketAddress(InetAddress.getLoopbackAddress(), url.getPort()), start));
        }
        while (slow.stream().anyMatch(connection -> !connection.ended)) {
            var asked = System.nanoTime();
            assertThat(client.send(other, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            others.add(Duration.ofNanos(System.nanoTime() - asked));
            assertThat(Duration.ofNanos(asked - began))
                    .as("slow connections are open")
                    .isLessThan(Waiting.LIMIT);
            slow.forEach(SlowConnection::drip);
        }
        Torture.promise(
                "D-12 " + SOCKETS + " slow connections end",
                Duration.ofNanos(System.nanoTime() - began),
                DEADLINE.plus(SWEEP_MAX.multipliedBy(2)));
        others.sort(null);
        Torture.promise("D-12 others p99", others.get(others.size() * 99 / 100), OTHERS_MAX);
        return slow.stream().map(connection -> connection.answer.toString()).toList();
    }

    /** One socket that never waits. */
    private static final class SlowConnection {

        private final SocketChannel channel;
        private final StringBuilder answer = new StringBuilder();
        private boolean ended;

        SlowConnection(InetSocketAddress server, byte[] start) throws IOException {
            this.channel = SocketChannel.open(server);
            channel.write(ByteBuffer.wrap(start));
            channel.configureBlocking(false);
        }

        void drip() {
            if (ended) {
                return;
            }
            try {
                var read = ByteBuffer.allocate(2_048);
                if (channel.read(read) < 0) {
                    end();
                    return;
                }
                answer.append(StandardCharsets.ISO_8859_1.decode(read.flip()));
                channel.write(ByteBuffer.wrap(new byte[] {'1'}));
            } catch (IOException reset) {
                end();
            }
        }

        private void end() {
            ended = true;
            try {
                channel.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
