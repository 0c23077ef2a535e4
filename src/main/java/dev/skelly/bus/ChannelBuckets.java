package dev.skelly.bus;

/** Hashes channels into buckets, so that a node's interest stays small for any number of channels. */
public final class ChannelBuckets {

    /** The number of buckets; the same on every node of a cluster. */
    public static final int COUNT = 256;

    private ChannelBuckets() {}

    /** Returns the bucket of a channel; {@link String#hashCode} is the same in every Java. */
    public static int of(String channel) {
        return Math.floorMod(channel.hashCode(), COUNT);
    }
}
