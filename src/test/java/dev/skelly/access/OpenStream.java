package dev.skelly.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.WholeNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A stream that is being read; everything that came. Close it. */
final class OpenStream implements AutoCloseable {

    private static final Duration OFTEN = Duration.ofMillis(10);

    private final InputStream bytes;
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    /** Has heard what was missed, and is live, when this returns. */
    OpenStream(WholeNode node, String query, String token) {
        try {
            var answer = HttpClient.newHttpClient()
                    .send(
                            node.request("/api/stream" + query)
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            bytes = answer.body();
        } catch (IOException e) {
            throw new AssertionError("the stream does not open", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        var reading = new Thread(this::read, "stream");
        reading.setDaemon(true);
        reading.start();
        waitFor("event: skelly.ready");
    }

    private void read() {
        var lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        try {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                heard.add(line);
            }
        } catch (IOException closed) {
            heard.add("");
        }
    }

    /** Returns when this was heard. */
    void waitFor(String text) {
        await().pollInterval(OFTEN).until(() -> heard().contains(text));
    }

    String heard() {
        return String.join("\n", heard);
    }

    @Override
    public void close() throws IOException {
        bytes.close(); // Not the reader: it is locked while it waits for a line.
    }
}
