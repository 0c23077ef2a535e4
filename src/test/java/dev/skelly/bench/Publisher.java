package dev.skelly.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** One keep-alive connection that publishes, in a loop or when it is told to. */
final class Publisher extends Wire.Line {

    private static final String ACCEPTED = "HTTP/1.1 20";
    private static final String LENGTH = "\r\ncontent-length: ";

    private final Post post;
    private final Totals totals;
    private byte[] received = {};
    private int waiting; // For so many answers.

    Publisher(Post post, Totals totals) {
        this.post = post;
        this.totals = totals;
    }

    /**
     * What the publishers of a load share. Counters are safe on any thread, {@code next} is confined to the thread of the wire.
     */
    static final class Totals {

        final AtomicInteger connected = new AtomicInteger();
        final AtomicLong sent = new AtomicLong();
        final AtomicLong accepted = new AtomicLong();
        final AtomicLong refused = new AtomicLong();
        volatile boolean running; // Whether each answer is followed by the next request.
        volatile String refusal = "";
        int next;

        /** Requests without an answer. */
        long underWay() {
            return sent.get() - accepted.get() - refused.get();
        }
    }

    /** Publishes the next event, or the next batch. */
    void publish() {
        var number = totals.next;
        totals.next += post.events();
        totals.sent.incrementAndGet();
        waiting++;
        try {
            send(post.numbered(number));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void opened() {
        totals.connected.incrementAndGet();
    }

    @Override
    void lost(String why) {
        totals.refused.addAndGet(waiting);
        totals.refusal = why;
        waiting = 0;
    }

    @Override
    void read(ByteBuffer arrived) throws IOException {
        var all = new ByteArrayOutputStream(received.length + arrived.remaining());
        all.write(received);
        var more = new byte[arrived.remaining()];
        arrived.get(more);
        all.write(more);
        var text = all.toString(StandardCharsets.ISO_8859_1);
        var at = 0;
        for (var end = end(text, at); end > 0; end = end(text, at)) {
            answered(text, at, end);
            at = end;
        }
        received = text.substring(at).getBytes(StandardCharsets.ISO_8859_1);
    }

    /* Returns the end of an answer, or -1 when it is not whole. */
    private static int end(String text, int at) {
        var head = text.indexOf("\r\n\r\n", at);
        if (head < 0) {
            return -1;
        }
        var lower = text.substring(at, head + 2).toLowerCase(Locale.ROOT);
        var field = lower.indexOf(LENGTH);
        var length = field < 0
                ? 0
                : Integer.parseInt(
                        lower.substring(field + LENGTH.length(), lower.indexOf("\r", field + LENGTH.length())));
        var end = head + 4 + length;
        return end <= text.length() ? end : -1;
    }

    private void answered(String text, int at, int end) {
        waiting--;
        if (text.startsWith(ACCEPTED, at)) {
            totals.accepted.incrementAndGet();
        } else {
            totals.refused.incrementAndGet();
            totals.refusal = text.substring(at, end);
        }
        if (totals.running) {
            publish();
        }
    }
}
