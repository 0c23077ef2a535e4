package dev.skelly.bus;

import java.util.List;

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

    /** What may be read from another node, besides commands, queries and their answers. */
    static List<BusRecord> records() {
        return List.of(
                new BusRecord("relay.appended", Appended.class, "dev.skelly.bus.Appended"),
                new BusRecord("relay.elected", Elected.class, "dev.skelly.bus.Elected"),
                new BusRecord("stream.interest", Interest.class, "dev.skelly.bus.Interest"),
                new BusRecord("stream.live", LiveBatch.class, "dev.skelly.bus.LiveBatch"));
    }
}
