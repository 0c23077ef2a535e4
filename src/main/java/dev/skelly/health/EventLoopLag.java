package dev.skelly.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Measures the delay of one event loop, which is the minimum wait of every request on it. */
final class EventLoopLag implements Deployable {

    private final Timer timer;
    private final Duration every;
    private long due; // Confined to the deployment's context.

    EventLoopLag(MeterRegistry meters, Duration every) {
        this.timer = Timer.builder("skelly.loop.lag")
                .description("Delay of an event loop")
                .register(meters);
        this.every = every;
    }

    @Override
    public Future<?> deploy(Context context) {
        due = System.nanoTime() + every.toNanos();
        context.owner().setPeriodic(every.toMillis(), tick -> measure());
        return Future.succeededFuture();
    }

    private void measure() {
        var now = System.nanoTime();
        timer.record(Math.max(0, now - due), TimeUnit.NANOSECONDS);
        due = now + every.toNanos();
    }
}
