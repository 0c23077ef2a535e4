package dev.skelly.relay;

import dev.skelly.eventlog.HashChainHead;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Publishes the relay's metrics. Written on its context, read on any thread. */
final class RelayMetrics {

    private static final int HASH_DIGITS = 13;

    final AtomicInteger leader;
    final AtomicLong epoch;
    final AtomicLong head;
    private final Clock clock;
    private final AtomicLong lagMillis;
    final Counter stamped;
    final Counter terms;
    final Counter liveBatches;
    private final MeterRegistry meters;
    private volatile HashChainHead chain = HashChainHead.EMPTY;
    private final Map<String, AtomicLong> checkpoints = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> inFlight = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> unconfirmed = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> durable = new ConcurrentHashMap<>();

    RelayMetrics(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        this.leader = meters.gauge("skelly.relay.leader", new AtomicInteger());
        this.epoch = meters.gauge("skelly.relay.epoch", new AtomicLong());
        this.head = meters.gauge("skelly.relay.head", new AtomicLong());
        this.lagMillis = meters.gauge("skelly.relay.lag.millis", new AtomicLong());
        this.stamped = meters.counter("skelly.relay.stamped");
        this.terms = meters.counter("skelly.relay.failovers");
        this.liveBatches = meters.counter("skelly.relay.live.batches");
        meters.gauge("skelly.log.chain.position", this, metrics -> metrics.chain.position());
        meters.gauge("skelly.log.chain.hash", this, metrics -> metrics.hashStart());
    }

    void leads(ElectionResult term) {
        leader.set(1);
        epoch.set(term.epoch());
        head.set(term.head());
        terms.increment();
    }

    void chain(HashChainHead head) {
        chain = head;
    }

    /*
     * A sample is a double: 52 bits of the hash fit, enough to compare the heads of two nodes or two days. A label would create one series
     * per event.
     */
    private double hashStart() {
        return Long.parseLong(chain.hash().substring(0, HASH_DIGITS), 16);
    }

    Counter dispatched(String worker) {
        return meters.counter("skelly.relay.dispatched", "worker", worker);
    }

    Counter dispatchFailures(String worker) {
        return meters.counter("skelly.relay.dispatch.failures", "worker", worker);
    }

    /** Returns how many positions the worker's checkpoint is behind the head. */
    AtomicLong checkpoint(String worker) {
        return checkpoints.computeIfAbsent(worker, name -> {
            var position = new AtomicLong();
            Gauge.builder("skelly.relay.checkpoint.lag", position, reached -> lag(reached.get()))
                    .tags(Tags.of("worker", name))
                    .register(meters);
            return position;
        });
    }

    private double lag(long reached) {
        return leader.get() == 0 ? 0 : Math.max(0, head.get() - reached);
    }

    AtomicInteger inFlight(String worker) {
        return inFlight.computeIfAbsent(
                worker, name -> meters.gauge("skelly.relay.in.flight", Tags.of("worker", name), new AtomicInteger()));
    }

    /** Returns how many positions lie between what the broker accepted and what the worker's inbox has had without a gap. */
    AtomicLong unconfirmed(String worker) {
        return unconfirmed.computeIfAbsent(
                worker, name -> meters.gauge("skelly.relay.unconfirmed", Tags.of("worker", name), new AtomicLong()));
    }

    /** Returns 1 while the broker says that it keeps the worker's queue over a restart. */
    AtomicInteger durable(String worker) {
        return durable.computeIfAbsent(
                worker,
                name -> meters.gauge("skelly.relay.queue.durable", Tags.of("worker", name), new AtomicInteger()));
    }

    /** Counts the probes that were sent through the worker's queue. */
    Counter probes(String worker) {
        return meters.counter("skelly.relay.probes", "worker", worker);
    }

    Counter losses(String worker) {
        return meters.counter("skelly.relay.losses", "worker", worker);
    }

    Counter redispatched(String worker) {
        return meters.counter("skelly.relay.redispatched", "worker", worker);
    }

    /** How long ago the oldest event of a batch was appended. Another node's clock, or an import, may date it after now. */
    void lag(Instant time) {
        var now = clock.instant();
        lagMillis.set(time.isBefore(now) ? Duration.between(time, now).toMillis() : 0);
    }
}
