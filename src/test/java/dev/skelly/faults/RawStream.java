package dev.skelly.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.skelly.event.Json;
import dev.skelly.ledger.Books;
import dev.skelly.ledger.DeliveryCheck;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One reader of {@link ManyStreams}: what it may see, what it got and where it is. Confined to their thread until they are closed; after
 * that it tells the checker.
 */
final class RawStream implements DeliveryCheck.Reader, FrameScanner.Frames {

    private static final Pattern RETRY_AFTER = Pattern.compile("\nretry-after: (\\d+)");

    private static final Pattern DETAIL = Pattern.compile("\"detail\":\"([^\"]*)");

    private final int number;
    private final Reading reading;
    private final List<String> got = new ArrayList<>(0);
    private final BitSet gaps = new BitSet();
    private String status = "";
    private @Nullable Duration retryAfter;
    private @Nullable String from;
    private @Nullable String cursor;
    private final Arrivals arrivals;
    private final BiConsumer<RawStream, @Nullable Duration> refused;
    private FrameScanner scanner = new FrameScanner(this);

    @Nullable
    SelectionKey key; // These are its ManyStreams'.

    @Nullable
    URI node;

    long lostAt;
    boolean ready;
    int connections;

    /**
     * A stream that was not opened yet.
     *
     * @param refused called when it is turned away, with the time after which it may try again, if the answer has one
     */
    RawStream(int number, Reading reading, Arrivals arrivals, BiConsumer<RawStream, @Nullable Duration> refused) {
        this.number = number;
        this.reading = reading;
        this.arrivals = arrivals;
        this.refused = refused;
    }

    Reading reading() {
        return reading;
    }

    int number() {
        return number;
    }

    String request(URI node) {
        var resume = cursor == null ? "" : "Last-Event-ID: " + cursor + "\r\n";
        return "GET /api/stream" + reading.query() + " HTTP/1.1\r\nHost: " + node.getAuthority()
                + "\r\nAccept: text/event-stream, application/problem+json\r\nAuthorization: Bearer "
                + reading.person().token() + "\r\n" + resume
                + "\r\n";
    }

    /** A new connection begins. */
    void connecting() {
        scanner = new FrameScanner(this);
        connections++;
    }

    void take(ByteBuffer bytes) {
        scanner.take(bytes);
    }

    @Override
    public void head(String text) {
        status = text.substring(9, 12);
        var after = RETRY_AFTER.matcher(text);
        retryAfter = after.find() ? Duration.ofSeconds(Long.parseLong(after.group(1))) : null;
        if (status.equals("200")) {
            arrivals.told(status);
        }
    }

    @Override
    public void body(String text) {
        if (status.equals("200")) {
            refused.accept(this, Duration.ZERO); // The server ended the stream.
        } else if (text.endsWith("}")) {
            var detail = DETAIL.matcher(text);
            arrivals.told(status
                    + (retryAfter == null ? " without a time to retry" : "")
                    + (detail.find() ? ": " + detail.group(1) : ""));
            refused.accept(this, retryAfter);
        }
    }

    @Override
    public void frame(String event, @Nullable String id, @Nullable String data) {
        if (data == null) {
            cursor = id; // A place in the log without an event.
        } else if (id == null) {
            control(event, data);
        } else {
            var text = arrivals.event(event, id);
            got.add(text);
            cursor = text;
        }
    }

    private void control(String event, String data) {
        try {
            var tree = Json.mapper().readTree(data);
            switch (event) {
                case "skelly.ready" -> live(tree.path("cursor").asText());
                case "skelly.gap" -> {
                    gaps.set(got.size());
                    arrivals.told("gap " + tree.path("reason").asText());
                }
                case "skelly.bye" -> arrivals.told("bye " + tree.path("reason").asText());
                default -> {} // Nothing that matters here.
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + data, e);
        }
    }

    private void live(String at) {
        if (from == null) {
            from = at;
            cursor = at;
        }
        arrivals.live(this);
    }

    @Override
    public String name() {
        return "stream-" + number;
    }

    @Override
    public boolean sees(Books.Row row) {
        return reading.sees(row);
    }

    /** Whether it was ever told of a gap. */
    boolean hadGap() {
        return !gaps.isEmpty();
    }

    @Override
    public String from() {
        if (from == null) {
            throw new AssertionError(name() + " was never live");
        }
        return from;
    }

    @Override
    public List<String> cursors() {
        return got;
    }

    @Override
    public boolean gapAfter(int events) {
        return gaps.get(events);
    }
}
