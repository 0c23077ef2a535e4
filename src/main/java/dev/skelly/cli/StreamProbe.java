package dev.skelly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.event.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/** Reads {@code /health/stream-probe} once, and keeps when its frames were sent and arrived. Blocks. */
final class StreamProbe {

    /** The frames that the server sends. */
    static final int FRAMES = 3;

    private static final Duration HEADERS_MAX = Duration.ofSeconds(10);
    private static final String DATA = "data: ";

    private final int status;
    private final String contentType;
    private final String encoding;
    private int frames;
    private long firstSentMillis;
    private long lastSentMillis;
    private long firstArrivedMillis;
    private long lastArrivedMillis;
    private boolean forwarded;
    private boolean trusted;
    private boolean changed;

    private StreamProbe(int status, String contentType, String encoding) {
        this.status = status;
        this.contentType = contentType;
        this.encoding = encoding;
    }

    /**
     * Reads the probe to its end.
     *
     * @param silence time without data before the last frame
     * @throws IOException when the connection is cut
     */
    static StreamProbe of(HttpClient client, RemoteNode server, Duration silence)
            throws IOException, InterruptedException {
        var path = "/health/stream-probe" + (silence.isZero() ? "" : "?idle=" + Math.max(1, silence.toSeconds()));
        var request = HttpRequest.newBuilder(server.at(path))
                .timeout(HEADERS_MAX)
                .header("Accept", "text/event-stream")
                .header("Accept-Encoding", "gzip")
                .build();
        var answer = client.send(request, BodyHandlers.ofInputStream());
        var probe = new StreamProbe(
                answer.statusCode(),
                answer.headers().firstValue("Content-Type").orElse(""),
                answer.headers().firstValue("Content-Encoding").orElse(""));
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            if (probe.encoding.isEmpty() && probe.status == 200) {
                probe.read(lines);
            }
        }
        return probe;
    }

    private void read(BufferedReader lines) throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(DATA)) {
                frame(line.substring(DATA.length()));
            }
        }
    }

    private void frame(String text) throws IOException {
        var now = Clock.systemUTC().millis();
        JsonNode frame = Json.mapper().readTree(text);
        changed |= frame.path("n").asInt(-1) != frames;
        lastSentMillis = frame.path("sentMillis").asLong();
        lastArrivedMillis = now;
        if (frames == 0) {
            firstSentMillis = lastSentMillis;
            firstArrivedMillis = now;
        }
        forwarded = frame.path("forwarded").asBoolean();
        trusted = frame.path("trusted").asBoolean();
        frames++;
    }

    int status() {
        return status;
    }

    String contentType() {
        return contentType;
    }

    String encoding() {
        return encoding;
    }

    int frames() {
        return frames;
    }

    long firstSentMillis() {
        return firstSentMillis;
    }

    long lastSentMillis() {
        return lastSentMillis;
    }

    long firstArrivedMillis() {
        return firstArrivedMillis;
    }

    long lastArrivedMillis() {
        return lastArrivedMillis;
    }

    /** Returns how far the server's clock is ahead of the one here, with the time that the last frame was under way. */
    long skewMillis() {
        return lastSentMillis - lastArrivedMillis;
    }

    boolean forwarded() {
        return forwarded;
    }

    boolean trusted() {
        return trusted;
    }

    /** Tells whether frames were missing, doubled or in another order. */
    boolean changed() {
        return changed;
    }
}
