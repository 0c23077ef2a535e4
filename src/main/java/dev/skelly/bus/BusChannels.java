package dev.skelly.bus;

import java.util.List;

/** Every channel of Skelly, and every record that may travel. */
public final class BusChannels {

    /** After a commit that appended: the relay may look again. At most once, coalesced. */
    public static final BusChannel<EventsAppended> APPENDED = new BusChannel<>("skelly.appended", EventsAppended.class);

    /** A new leader asks every feed what it is interested in. */
    public static final BusChannel<LeaderElected> ELECTED = new BusChannel<>("skelly.elected", LeaderElected.class);

    /** A feed tells the leader which buckets of channels it has readers for; again every few seconds. */
    public static final BusChannel<ChannelInterest> INTEREST =
            new BusChannel<>("skelly.interest", ChannelInterest.class);

    /** Freshly stamped events, for one node ({@link BusChannel#at}). */
    public static final BusChannel<LiveBatch> LIVE = new BusChannel<>("skelly.live", LiveBatch.class);

    private BusChannels() {}

    /** What may be read from another node, besides commands, queries and their answers. */
    static List<BusRecord> records() {
        return List.of(
                new BusRecord("relay.appended", EventsAppended.class, "dev.skelly.bus.Appended"),
                new BusRecord("relay.elected", LeaderElected.class, "dev.skelly.bus.Elected"),
                new BusRecord("stream.interest", ChannelInterest.class, "dev.skelly.bus.Interest"),
                new BusRecord("stream.live", LiveBatch.class, "dev.skelly.bus.LiveBatch"));
    }
}
