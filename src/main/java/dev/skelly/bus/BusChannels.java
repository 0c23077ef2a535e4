package dev.skelly.bus;

import java.util.List;

/** Declares every channel of Skelly, and every record that may travel. */
public final class BusChannels {

    /** Sent after a commit that appended: the relay may poll again. At most once, coalesced. */
    public static final BusChannel<EventsAppended> APPENDED = new BusChannel<>("skelly.appended", EventsAppended.class);

    /** Sent by a new leader: every feed reports its interest again. */
    public static final BusChannel<LeaderElected> ELECTED = new BusChannel<>("skelly.elected", LeaderElected.class);

    /** Sent by a feed to the leader: the channel buckets for which it has readers; repeated every few seconds. */
    public static final BusChannel<ChannelInterest> INTEREST =
            new BusChannel<>("skelly.interest", ChannelInterest.class);

    /** Sent by the leader: freshly sequenced events, for one node ({@link BusChannel#at}). */
    public static final BusChannel<LiveBatch> LIVE = new BusChannel<>("skelly.live", LiveBatch.class);

    /** Sent by every node each second: which declarations of event types it uses. */
    public static final BusChannel<DeclarationDigest> DECLARATIONS =
            new BusChannel<>("skelly.declarations", DeclarationDigest.class);

    private BusChannels() {}

    /** Returns the records accepted from other nodes, besides commands, queries and their replies. */
    static List<BusRecord> records() {
        return List.of(
                new BusRecord("node.declarations", DeclarationDigest.class),
                new BusRecord("relay.appended", EventsAppended.class),
                new BusRecord("relay.elected", LeaderElected.class),
                new BusRecord("stream.interest", ChannelInterest.class),
                new BusRecord("stream.live", LiveBatch.class));
    }
}
