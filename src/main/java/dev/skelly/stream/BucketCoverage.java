package dev.skelly.stream;

import dev.skelly.bus.ChannelBuckets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Tracks the buckets for which a hub has sessions, and the position after which the feed has all their events. Confined to the hub's
 * context.
 */
final class BucketCoverage {

    /** Later than every position: the feed has not replied yet. */
    static final long NOT_YET = Long.MAX_VALUE;

    private final int[] sessions = new int[ChannelBuckets.COUNT];
    private final boolean[] held = new boolean[ChannelBuckets.COUNT]; // Requested from the feed and not released.
    private final long[] since = new long[ChannelBuckets.COUNT];
    private final long[] emptyAt = new long[ChannelBuckets.COUNT];

    BucketCoverage() {
        Arrays.fill(since, NOT_YET);
    }

    /** Adds a session. Returns the buckets that must be requested from the feed. */
    List<Integer> enter(Collection<String> channels) {
        var missing = new ArrayList<Integer>();
        for (var channel : channels) {
            var bucket = ChannelBuckets.of(channel);
            sessions[bucket]++;
            if (!held[bucket]) {
                held[bucket] = true;
                missing.add(bucket);
            }
        }
        return missing;
    }

    /** Removes a session. Its buckets stay for a while, because the next session is probably the same person's. */
    void leave(Collection<String> channels, long nowMillis) {
        for (var channel : channels) {
            var bucket = ChannelBuckets.of(channel);
            if (--sessions[bucket] == 0) {
                emptyAt[bucket] = nowMillis;
            }
        }
    }

    /** Stores the feed's reply. */
    void covered(Map<Integer, Long> sinceByBucket) {
        sinceByBucket.forEach((bucket, position) -> since[bucket] = position);
    }

    /** Called for each update after which the log does not continue. The feed delivers all events of covered buckets after it. */
    void restart(FeedUpdate news) {
        for (var bucket = 0; bucket < ChannelBuckets.COUNT && news.mayGoBack(); bucket++) {
            since[bucket] = since[bucket] == NOT_YET ? NOT_YET : Math.min(since[bucket], news.head());
        }
    }

    /** Returns the position after which all events of these channels are delivered; {@link #NOT_YET} while the feed has not replied. */
    long since(Collection<String> channels) {
        var latest = EventRingBuffer.UNKNOWN;
        for (var channel : channels) {
            latest = Math.max(latest, since[ChannelBuckets.of(channel)]);
        }
        return latest;
    }

    /** Releases the buckets that have had no session for {@code idleMillis}, and returns them. */
    List<Integer> giveUp(long nowMillis, long idleMillis) {
        var idle = new ArrayList<Integer>();
        for (var bucket = 0; bucket < ChannelBuckets.COUNT; bucket++) {
            if (since[bucket] != NOT_YET && sessions[bucket] == 0 && nowMillis - emptyAt[bucket] > idleMillis) {
                held[bucket] = false;
                since[bucket] = NOT_YET;
                idle.add(bucket);
            }
        }
        return idle;
    }
}
