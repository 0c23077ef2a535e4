package dev.skelly.bench;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Asks again as soon as an answer came, many times side by side, for a while. */
final class Loops {

    private final AtomicLong done = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final long end;
    private final Supplier<Future<?>> ask;

    private Loops(Duration time, Supplier<Future<?>> ask) {
        this.end = System.nanoTime() + time.toNanos();
        this.ask = ask;
    }

    /** Acknowledged a second; refusals do not count. */
    static Future<Double> perSecond(int sideBySide, Duration time, Supplier<Future<?>> ask) {
        var loops = new Loops(time, ask);
        var began = System.nanoTime();
        var running = IntStream.range(0, sideBySide).mapToObj(n -> loops.next()).toList();
        return Future.all(running).map(ended -> loops.done.get() * 1e9 / (System.nanoTime() - began));
    }

    private Future<Void> next() {
        if (System.nanoTime() > end) {
            return Future.succeededFuture();
        }
        return ask.get()
                .onSuccess(answer -> done.incrementAndGet())
                .onFailure(failure -> refused.incrementAndGet())
                .transform(answered -> next());
    }
}
