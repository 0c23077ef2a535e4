package dev.skelly.testing;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A stream of a whole node as some program reads it: its lines, and whether the server ended it. Close it. */
public final class OpenStream implements AutoCloseable {

    private final HttpResponse<InputStream> response;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    /**
     * Opens it; the answer's head is here when this returns.
     *
     * @param query with its question mark, or empty
     * @param headers names and values in turn
     */
    public OpenStream(WholeNode node, String query, String... headers) {
        var request = node.request("/api/stream" + query);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            response = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        var reader = new Thread(this::read, "open-stream");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (var in = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            in.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            // Closed on one side or the other, which is all that is asked.
        }
        ended = true;
    }

    public int status() {
        return response.statusCode();
    }

    /** Whether the server, or {@link #close}, ended it. */
    public boolean ended() {
        return ended;
    }

    /** What came so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Whether a line that holds this came. */
    public boolean heard(String part) {
        return lines.stream().anyMatch(line -> line.contains(part));
    }

    /** Waits until live delivery is attached. */
    public OpenStream ready() {
        await().until(() -> heard("event: skelly.ready"));
        return this;
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
