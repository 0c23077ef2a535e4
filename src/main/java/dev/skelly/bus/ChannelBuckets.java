package dev.skelly.bus;

/** Channels are hashed into buckets, so that a node's interest stays small however many channels there are. */
public final class ChannelBuckets {

    /** How many there are; the same on every node of a cluster. */
    public static final int COUNT = 256;

    private ChannelBuckets() {}

    /** The bucket of a channel; {@link String#hashCode} is the same in every Java. */
    public static int of(String channel) {
        return Math.floorMod(channel.hashCode(), COUNT);
    }
}
