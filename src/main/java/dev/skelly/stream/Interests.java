package dev.skelly.stream;

import dev.skelly.bus.ChannelBuckets;
import dev.skelly.bus.ChannelInterest;
import dev.skelly.event.StoredEvent;
import java.util.List;
import java.util.stream.IntStream;

/** Which buckets of channels this node has readers for, and since which position. Confined to the feed's context. */
final class Interests {

    private final int[] holders = new int[ChannelBuckets.COUNT];
    private final long[] since = new long[ChannelBuckets.COUNT];
    private int all;
    private long version;
    private boolean announced = true;

    /** Begins without interest; {@code version} is higher than that of any run of this node before. */
    Interests(long version) {
        this.version = version;
    }

    /**
     * One more registry has readers for a bucket.
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

    /** One registry less has readers for a bucket. */
    void drop(int bucket) {
        all--;
        if (--holders[bucket] == 0) {
            change();
        }
    }

    /* A version that nobody was told of yet can take one more change. */
    private void change() {
        if (announced) {
            version++;
            announced = false;
        }
    }

    /** Whether this node has no readers at all; then no leader sends it anything. */
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
        return false;
    }

    /** What the leader is to be told now. */
    ChannelInterest announcement(String node) {
        announced = true;
        var buckets = IntStream.range(0, ChannelBuckets.COUNT)
                .filter(bucket -> holders[bucket] > 0)
                .boxed()
                .toList();
        return new ChannelInterest(node, version, buckets, false);
    }

    /** The last thing the leader hears of this node. */
    ChannelInterest leaving(String node) {
        return new ChannelInterest(node, version + 1, List.of(), true);
    }
}
