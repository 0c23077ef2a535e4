package dev.skelly.relay;

import dev.skelly.bus.BusChannels;
import dev.skelly.bus.MessageBus;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.concurrent.TimeUnit;

/** Runs one term of leadership: renews the lease, sequences events and forwards them. Confined to the relay's context. */
final class LeaderTerm {

    /*
     * A call for fewer events costs about as much per call. So many at once occur only at thousands of events a second, where a pause of a
     * few milliseconds pays off.
     */
    private static final int MANY = 16;

    private static final long FLOOR_LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ElectionResult term;
    private final LeaderLeaseTable lease;
    private final SequencingTable stamps;
    private final RelayConfig config;
    private final LiveFanOut fan;
    private final MessageBus bus;
    private final DispatchCoordinator dispatch;
    private final RelayMetrics metrics;
    private final LeaderTasks tasks;
    private final PollBackoff pace;
    private final LowWatermark floor = new LowWatermark(); // Confined to the relay's context, like the fields below.
    private long head;
    private int found;
    private long renewedNanos;
    private long lookedNanos;

    LeaderTerm(
            ElectionResult term,
            SqlConnection session,
            RelayConfig config,
            LiveFanOut fan,
            MessageBus bus,
            DispatchCoordinator dispatch,
            RelayMetrics metrics,
            LeaderTasks tasks) {
        this.term = term;
        this.lease = new LeaderLeaseTable(session);
        this.stamps = new SequencingTable(session);
        this.config = config;
        this.fan = fan;
        this.bus = bus;
        this.dispatch = dispatch;
        this.metrics = metrics;
        this.tasks = tasks;
        this.pace = new PollBackoff(config.pollMin(), config.pollMax());
        this.head = term.head();
        this.renewedNanos = System.nanoTime();
        this.lookedNanos = renewedNanos;
    }

    long epoch() {
        return term.epoch();
    }

    /** Sequences one batch. Returns the pause until the next call in milliseconds, 0 for at once. Fails when the term is over. */
    Future<Long> turn() {
        tasks.look();
        return renew().compose(done -> lookForFloor()).compose(done -> stamp()).map(this::handOn);
    }

    /**
     * Returns the pause in milliseconds before the next call, regardless of hints: 0 unless the last call found many events and took them
     * all.
     */
    long rest() {
        return found >= MANY && found < config.batchRowsMax() ? config.gather().toMillis() : 0;
    }

    private Future<Void> renew() {
        if (System.nanoTime() - renewedNanos < config.renew().toNanos()) {
            return Future.succeededFuture();
        }
        renewedNanos = System.nanoTime();
        return lease.renew(term.epoch(), head);
    }

    private Future<Void> lookForFloor() {
        if (System.nanoTime() - lookedNanos < FLOOR_LOOK_NANOS || !floor.worthLooking()) {
            return Future.succeededFuture();
        }
        lookedNanos = System.nanoTime();
        return lease.writers().map(writers -> {
            floor.looked(writers);
            return null;
        });
    }

    private Future<SequencingTable.Stamped> stamp() {
        return stamps.stamp(term.epoch(), floor.settled(), config.batchRowsMax(), config.batchBytesMax());
    }

    private long handOn(SequencingTable.Stamped stamped) {
        var events = stamped.events();
        found = events.size();
        floor.stamped(stamped.highestSeq(), !events.isEmpty());
        if (events.isEmpty()) {
            return untilRenewal(pace.afterNothing());
        }
        var from = head;
        var to = events.get(events.size() - 1).position();
        if (events.get(0).position() != from + 1 || to != from + events.size()) {
            throw new IllegalStateException("stamped " + events.get(0).position() + " to " + to + " after " + from
                    + " (expected: dense positions after the head)");
        }
        head = to;
        fan.fan(from, to, events, System.nanoTime()).forEach(this::send);
        dispatch.stamped(from, to, events);
        metrics.stamped.increment(events.size());
        metrics.head.set(head);
        metrics.chain(stamped.head());
        metrics.lag(events.get(0).time());
        return events.size() == config.batchRowsMax() ? 0 : untilRenewal(pace.afterFind());
    }

    private void send(LiveFanOut.Addressed addressed) {
        metrics.liveBatches.increment();
        bus.publish(BusChannels.LIVE.at(addressed.node()), addressed.batch());
    }

    private long untilRenewal(long pause) {
        var left = config.renew().toNanos() - (System.nanoTime() - renewedNanos);
        return Math.max(1, Math.min(pause, TimeUnit.NANOSECONDS.toMillis(left)));
    }
}
