package dev.skelly.stream;

import dev.skelly.bus.ChannelBuckets;
import dev.skelly.bus.ChannelInterest;
import dev.skelly.event.Audience;
import dev.skelly.event.StoredEvent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tracks the channel buckets for which this node has readers, and the position since which it has them. Confined to the feed's context.
 */
final class ChannelSubscriptions {

    private final int[] holders = new int[ChannelBuckets.COUNT];
    private final long[] since = new long[ChannelBuckets.COUNT];
    private int all;
    private long version;
    private boolean announced = true;

    /** Starts without interest; {@code version} is higher than that of any earlier run of this node. */
    ChannelSubscriptions(long version) {
        this.version = version;
    }

    /**
     * Adds a hub with readers for a bucket.
     *
     * @param head the feed's
     * @return the position after which the feed has every event of the bucket
     */
    long add(int bucket, long head) {
        all++;
        if (holders[bucket]++ == 0) {
            since[bucket] = head;
            change();
        }
        return since[bucket];
    }

    /** The feed continues after {@code head}, which is lower than before when the log was restored. */
    void restart(long head) {
        Arrays.setAll(since, bucket -> Math.min(since[bucket], head));
    }

    /** Removes a hub with readers for a bucket. */
    void drop(int bucket) {
        all--;
        if (--holders[bucket] == 0) {
            change();
        }
    }

    /* A version that was not announced yet can include one more change. */
    private void change() {
        if (announced) {
            version++;
            announced = false;
        }
    }

    /** Returns whether this node has no readers; then no leader sends it anything. */
    boolean none() {
        return all == 0;
    }

    boolean unannounced() {
        return !announced;
    }

    long version() {
        return version;
    }

    boolean covers(StoredEvent event) {
        for (var channel : event.channels()) {
            if (holders[ChannelBuckets.of(channel)] > 0) {
                return true;
            }
        }
        var actor = event.actor();
        return actor != null && event.byRequest() && holders[ChannelBuckets.of(Audience.user(actor))] > 0;
    }

    /** Returns the current announcement to the leader. */
    ChannelInterest announcement(String node) {
        announced = true;
        var buckets = IntStream.range(0, ChannelBuckets.COUNT)
                .filter(bucket -> holders[bucket] > 0)
                .boxed()
                .toList();
        return new ChannelInterest(node, version, buckets, false);
    }

    /** Returns the last announcement of this node to the leader. */
    ChannelInterest leaving(String node) {
        return new ChannelInterest(node, version + 1, List.of(), true);
    }
}
