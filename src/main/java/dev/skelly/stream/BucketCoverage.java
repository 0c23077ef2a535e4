package dev.skelly.stream;

import dev.skelly.bus.ChannelBuckets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Which buckets a registry has sessions for, and after which position the feed holds all their events. Confined to the registry's
 * context.
 */
final class BucketCoverage {

    /** Later than every position: the feed has not answered yet. */
    static final long NOT_YET = Long.MAX_VALUE;

    private final int[] sessions = new int[ChannelBuckets.COUNT];
    private final boolean[] held = new boolean[ChannelBuckets.COUNT]; // Asked of the feed and not given back.
    private final long[] since = new long[ChannelBuckets.COUNT];
    private final long[] emptyAt = new long[ChannelBuckets.COUNT];

    BucketCoverage() {
        Arrays.fill(since, NOT_YET);
    }

    /** A session comes; answers the buckets that the feed must be asked for. */
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

    /** A session goes. Its buckets stay for a while: the next one is probably the same person again. */
    void leave(Collection<String> channels, long nowMillis) {
        for (var channel : channels) {
            var bucket = ChannelBuckets.of(channel);
            if (--sessions[bucket] == 0) {
                emptyAt[bucket] = nowMillis;
            }
        }
    }

    /** The feed's answer. */
    void covered(Map<Integer, Long> sinceByBucket) {
        sinceByBucket.forEach((bucket, position) -> since[bucket] = position);
    }

    /** After which position all events of these channels are told; {@link #NOT_YET} while the feed has not answered. */
    long since(Collection<String> channels) {
        var latest = EventRingBuffer.UNKNOWN;
        for (var channel : channels) {
            latest = Math.max(latest, since[ChannelBuckets.of(channel)]);
        }
        return latest;
    }

    /** Gives up buckets that have been without sessions for so long; answers which. */
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
