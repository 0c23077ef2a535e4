package dev.skelly.bench;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** From the intended moment of a request to the arrival of its event in a stream, so that a late request counts as late. */
final class Latencies {

    private static final Pattern CORRELATION = Pattern.compile("\"correlationid\":\"([0-9a-f-]{36})\"");

    private final Map<UUID, Long> intended = new ConcurrentHashMap<>();
    private final List<Long> nanos = new ArrayList<>(); // Guarded by itself.

    /** Before a request is sent. */
    void intend(UUID op, long at) {
        intended.put(op, at);
    }

    /** For one stream: reads whole frames, whatever the chunks. */
    Handler<Buffer> reader() {
        var rest = new StringBuilder();
        return chunk -> {
            rest.append(chunk.toString(StandardCharsets.UTF_8));
            var end = rest.lastIndexOf("\n\n");
            if (end >= 0) {
                arrived(rest.substring(0, end));
                rest.delete(0, end + 2);
            }
        };
    }

    private void arrived(String frames) {
        var now = System.nanoTime();
        var found = CORRELATION.matcher(frames);
        while (found.find()) {
            var at = intended.remove(UUID.fromString(found.group(1)));
            if (at != null) {
                synchronized (nanos) {
                    nanos.add(now - at);
                }
            }
        }
    }

    /** Requests whose event has not arrived. */
    int outstanding() {
        return intended.size();
    }

    /** Milliseconds below which this share of the events arrived. */
    double millis(double share) {
        synchronized (nanos) {
            var sorted = nanos.stream().sorted().toList();
            return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.ceil(share * sorted.size()) - 1) / 1e6;
        }
    }
}
