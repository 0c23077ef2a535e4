package dev.skelly.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One stream of Server-Sent Events: counts the events by the beginning of their data, wherever chunks are cut. Between two of them lie at least the
 * other bytes of a frame, which it skips.
 */
final class StreamReader extends Wire.Line {

    private static final byte[] MARK = Post.BEGIN.getBytes(StandardCharsets.US_ASCII);

    private final byte[] request;
    private final byte[] readyMark;
    private final Tally tally;
    private boolean ready;
    private int matched;
    private int digits;
    private int number;
    private int skip;

    /**
     * Creates a reader.
     *
     * @param readyMark what the server writes when the stream is live; its first byte stands nowhere else in it
     */
    StreamReader(byte[] request, String readyMark, Tally tally) {
        this.request = request;
        this.readyMark = readyMark.getBytes(StandardCharsets.US_ASCII);
        this.tally = tally;
    }

    /** What the streams of a server count together. Safe on any thread, but for {@link #arrivals}. */
    static final class Tally {

        final AtomicInteger ready = new AtomicInteger();
        final AtomicLong events = new AtomicLong();
        final AtomicLong bytes = new AtomicLong();
        final AtomicInteger lost = new AtomicInteger();
        volatile int skip;
        volatile String reason = "";
        Arrivals arrivals = Arrivals.NONE; // Confined to the thread of the wire.
    }

    @Override
    void opened() throws IOException {
        send(request);
    }

    @Override
    void lost(String why) {
        tally.lost.incrementAndGet();
        tally.reason = why;
    }

    @Override
    void read(ByteBuffer arrived) {
        if (!ready) {
            awaitReady(arrived);
            return;
        }
        tally.bytes.addAndGet(arrived.remaining());
        var events = count(arrived);
        if (events > 0) {
            tally.events.addAndGet(events);
        }
    }

    private void awaitReady(ByteBuffer arrived) {
        while (arrived.hasRemaining()) {
            var next = arrived.get();
            matched = next == readyMark[matched] ? matched + 1 : next == readyMark[0] ? 1 : 0;
            if (matched == readyMark.length) {
                matched = 0;
                ready = true;
                tally.ready.incrementAndGet();
                return;
            }
        }
    }

    /* Begins with what the last chunk left open. */
    private int count(ByteBuffer arrived) {
        var events = 0;
        var now = System.nanoTime();
        var at = 0;
        var end = arrived.limit();
        while (true) {
            var skipped = Math.min(skip, end - at);
            at += skipped;
            skip -= skipped;
            if (at == end) {
                return events;
            }
            var next = arrived.get(at++);
            if (matched < MARK.length) {
                // A brace begins the mark and stands nowhere else in it, so a mismatch needs no looking back.
                matched = next == MARK[matched] ? matched + 1 : next == MARK[0] ? 1 : 0;
            } else {
                number = number * 10 + next - '0';
                digits++;
                if (digits == Post.DIGITS) {
                    events++;
                    tally.arrivals.arrived(number, now);
                    matched = 0;
                    digits = 0;
                    number = 0;
                    skip = tally.skip;
                }
            }
        }
    }
}
