package dev.skelly.relay;

import dev.skelly.bus.ChannelBuckets;
import dev.skelly.bus.ChannelInterest;
import dev.skelly.bus.LiveBatch;
import dev.skelly.event.Audience;
import dev.skelly.event.StoredEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Decides which node receives which events. Keeps the newest interest of each node and the position its chain of batches has reached.
 * Confined to one context.
 */
final class LiveFanOut {

    /** A batch and the node it is for. */
    record Addressed(String node, LiveBatch batch) {}

    /** The limit in characters of data at which a batch is split; a batch exceeds it by at most one event. */
    static final int BATCH_CHARS_MAX = 512 * 1024;

    private static final int ENVELOPE_CHARS = 400;

    private static final class FanOutNode {

        private final BitSet buckets = new BitSet(ChannelBuckets.COUNT);
        private long version;
        private long heardNanos;
    }

    private final long lifeNanos;
    private final Map<String, FanOutNode> nodes = new HashMap<>(); // Confined to the owner's context.

    LiveFanOut(long lifeNanos) {
        this.lifeNanos = lifeNanos;
    }

    /** Stores a node's interest. The latest to arrive counts, because a restarted node counts its versions from the beginning. */
    void heard(ChannelInterest interest, long nowNanos) {
        if (interest.leaving() || interest.buckets().isEmpty()) {
            nodes.remove(interest.node());
            return;
        }
        var node = nodes.computeIfAbsent(interest.node(), name -> new FanOutNode());
        node.buckets.clear();
        interest.buckets().stream()
                .filter(bucket -> bucket >= 0 && bucket < ChannelBuckets.COUNT)
                .forEach(node.buckets::set);
        node.version = interest.version();
        node.heardNanos = nowNanos;
    }

    int nodes() {
        return nodes.size();
    }

    /**
     * Builds the batches for {@code (from, to]}. A node also receives an empty batch for a range without events for it: its head moves, and
     * the next batch connects.
     */
    List<Addressed> fan(long from, long to, List<StoredEvent> events, long nowNanos) {
        nodes.values().removeIf(node -> nowNanos - node.heardNanos > lifeNanos);
        if (nodes.isEmpty()) {
            return List.of();
        }
        var buckets = events.stream().map(LiveFanOut::buckets).toList();
        var batches = new ArrayList<Addressed>();
        nodes.forEach((name, node) -> fan(name, node, from, to, events, buckets, batches));
        return batches;
    }

    private static BitSet buckets(StoredEvent event) {
        var buckets = new BitSet(ChannelBuckets.COUNT);
        event.channels().forEach(channel -> buckets.set(ChannelBuckets.of(channel)));
        if (event.byRequest()) {
            buckets.set(ChannelBuckets.of(Audience.user(Objects.requireNonNull(event.actor()))));
        }
        return buckets;
    }

    private static void fan(
            String name,
            FanOutNode node,
            long from,
            long to,
            List<StoredEvent> events,
            List<BitSet> buckets,
            List<Addressed> batches) {
        var start = from;
        var chars = 0;
        var chosen = new ArrayList<StoredEvent>();
        for (var i = 0; i < events.size(); i++) {
            if (!buckets.get(i).intersects(node.buckets)) {
                continue;
            }
            var event = events.get(i);
            if (chars > BATCH_CHARS_MAX) {
                var end = event.position() - 1;
                batches.add(new Addressed(name, new LiveBatch(start, end, node.version, List.copyOf(chosen))));
                start = end;
                chars = 0;
                chosen.clear();
            }
            chosen.add(event);
            chars += event.data().length() + ENVELOPE_CHARS;
        }
        batches.add(new Addressed(name, new LiveBatch(start, to, node.version, List.copyOf(chosen))));
    }
}
