package dev.skelly.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/** Readers of one server and connections that publish to them, on the one thread of the generator. */
final class StreamLoad implements AutoCloseable {

    private static final int OPENING_MAX = 100; // At once, so that no queue of connections overflows.
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final double QUIET_SHARE = 0.15;
    private static final int FRAME_VARIES_BYTES = 16; // Numbers and times are not always equally long.

    final StreamReader.Tally tally = new StreamReader.Tally();
    final Publisher.Totals totals = new Publisher.Totals();

    private final StreamServer server;
    private final Wire wire = Wire.start();
    private final List<StreamReader> readers = new ArrayList<>();
    private final List<Publisher> publishers = new ArrayList<>();

    StreamLoad(StreamServer server) throws IOException {
        this.server = server;
    }

    /**
     * What was counted in a time.
     *
     * @param events that readers got, a second
     * @param bytes on the wire for each of them
     * @param answers that publishers got, a second
     */
    record Counted(double events, double bytes, double answers, CpuUse cpu) {}

    /** Opens streams and waits until all are live. */
    void open(int count, IntFunction<byte[]> request) {
        var before = tally.ready.get();
        for (var n = 0; n < count; n++) {
            var reader = new StreamReader(request.apply(n), server.readyMark(), tally);
            readers.add(reader);
            wire.connect(server.address(), reader);
            var opened = before + n + 1;
            until("streams are open", () -> opened - tally.ready.get() < OPENING_MAX);
        }
        until("streams are open", () -> tally.ready.get() == before + count);
    }

    /** Closes the streams that were opened last. */
    void closeLast(int count) {
        var last = readers.subList(readers.size() - count, readers.size());
        var closing = List.copyOf(last);
        last.clear();
        wire.call(() -> endAll(closing));
    }

    /** Replaces the connections that publish. */
    void publishWith(int connections, IntFunction<Post> post) {
        stop();
        endPublishers();
        for (var n = 0; n < connections; n++) {
            var publisher = new Publisher(post.apply(n), totals);
            publishers.add(publisher);
            wire.connect(server.address(), publisher);
        }
        until("publishers are connected", () -> totals.connected.get() == connections);
    }

    private void endPublishers() {
        var ending = List.copyOf(publishers);
        publishers.clear();
        wire.call(() -> endAll(ending));
        totals.connected.set(0);
    }

    private static int endAll(List<? extends Wire.Line> lines) {
        lines.forEach(Wire.Line::end);
        return lines.size();
    }

    /** Publishes as fast as answers come, with so many requests under way on each connection. */
    void begin(int window) {
        totals.running = true;
        wire.execute(() -> {
            for (var time = 0; time < window; time++) {
                publishers.forEach(Publisher::publish);
            }
        });
    }

    /** Ends what {@link #begin} began; returns when all requests are answered. */
    void stop() {
        totals.running = false;
        until("requests are answered", () -> totals.underWay() == 0);
        if (totals.refused.get() > 0) {
            throw new IllegalStateException(totals.refused.get() + " requests were refused: " + totals.refusal);
        }
    }

    /** Returns how many events all readers together have once they have everything that is published between this call and the supplier's. */
    LongSupplier expected() {
        var before = tally.events.get();
        var first = wire.call(() -> totals.next);
        return () -> before + (long) (wire.call(() -> totals.next) - first) * readers.size();
    }

    /** Waits until every reader has everything, and returns how many events are missing if nothing arrives any more. */
    long missing(long expected) {
        var end = System.nanoTime() + LIMIT.toNanos();
        var before = -1L;
        while (tally.events.get() < expected && System.nanoTime() < end && tally.events.get() != before) {
            before = tally.events.get();
            rest(Duration.ofSeconds(3));
        }
        if (tally.lost.get() > 0) {
            throw new IllegalStateException(tally.lost.get() + " streams ended: " + tally.reason);
        }
        return expected - tally.events.get();
    }

    /** Counts for a while. */
    Counted count(Duration time) {
        var began = System.nanoTime();
        var events = tally.events.get();
        var bytes = tally.bytes.get();
        var answers = totals.accepted.get();
        var cpu = CpuUse.begin(server.process());
        rest(time);
        var seconds = (System.nanoTime() - began) / 1e9;
        var got = tally.events.get() - events;
        return new Counted(
                got / seconds,
                (tally.bytes.get() - bytes) / (double) Math.max(1, got),
                (totals.accepted.get() - answers) / seconds,
                cpu.end());
    }

    /** Measures the bytes of the frame of one event, with one reader; readers skip most of it from now on. */
    int calibrate() {
        open(1, server::reading);
        publishWith(1, n -> server.post(0, 1));
        var before = tally.bytes.get();
        begin(1);
        stop();
        until("the event is read", () -> tally.events.get() >= totals.accepted.get());
        rest(Duration.ofMillis(500));
        var bytes = (int) ((tally.bytes.get() - before) / tally.events.get());
        tally.skip = bytes - Post.BEGIN.length() - Post.DIGITS - FRAME_VARIES_BYTES;
        closeLast(1);
        endPublishers();
        return bytes;
    }

    /**
     * Publishes at a rate that does not depend on answers.
     *
     * @param warmUp how many events come before those that count
     * @param counted how many count
     * @return sorted
     */
    Arrivals atRate(int perSecond, int warmUp, int counted) {
        var arrivals = wire.call(() -> {
            tally.arrivals = new Arrivals(totals.next + warmUp, counted, readers.size());
            return tally.arrivals;
        });
        var began = System.nanoTime();
        for (var n = 0; n < warmUp + counted; n++) {
            var due = began + TimeUnit.SECONDS.toNanos(1) * n / perSecond;
            rest(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            var publisher = publishers.get(n % publishers.size());
            wire.execute(() -> {
                arrivals.intend(totals.next, due);
                publisher.publish();
            });
        }
        until("all arrived", () -> wire.call(arrivals::missing) == 0);
        stop();
        return wire.call(() -> {
            tally.arrivals = Arrivals.NONE;
            return arrivals.sorted();
        });
    }

    /** Waits until the server has done what it still had to do. */
    void awaitQuiet() {
        until("the server is quiet", () -> {
            var before = ProcessFigures.cpuSeconds(server.process());
            rest(Duration.ofSeconds(1));
            return ProcessFigures.cpuSeconds(server.process()) - before < QUIET_SHARE;
        });
    }

    /** Returns the number of open streams. */
    int size() {
        return readers.size();
    }

    private void until(String what, BooleanSupplier condition) {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (tally.lost.get() > 0) {
                throw new IllegalStateException(tally.lost.get() + " streams ended: " + tally.reason);
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not within " + LIMIT + ": " + what);
            }
            rest(Duration.ofMillis(1));
        }
    }

    /** Lets time pass. */
    static void rest(Duration time) {
        var over = CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS); // The time itself is meant.
        CompletableFuture.runAsync(() -> {}, over).join();
    }

    @Override
    public void close() {
        wire.close();
    }
}
