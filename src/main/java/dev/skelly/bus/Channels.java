package dev.skelly.bus;

import java.util.Set;

/** Every channel of Skelly, and every record that may travel. */
public final class Channels {

    /** After a commit that appended: the relay may look again. At most once, coalesced. */
    public static final Channel<Appended> APPENDED = new Channel<>("skelly.appended", Appended.class);

    /** A new leader asks every feed what it is interested in. */
    public static final Channel<Elected> ELECTED = new Channel<>("skelly.elected", Elected.class);

    /** A feed tells the leader which buckets of channels it has readers for; again every few seconds. */
    public static final Channel<Interest> INTEREST = new Channel<>("skelly.interest", Interest.class);

    /** Freshly stamped events, for one node ({@link Channel#at}). */
    public static final Channel<LiveBatch> LIVE = new Channel<>("skelly.live", LiveBatch.class);

    private Channels() {}

    /** What may be read from another node, besides the rooms' commands, queries and answers. */
    public static Set<Class<?>> types() {
        return Set.of(Appended.class, Elected.class, Interest.class, LiveBatch.class);
    }
}
