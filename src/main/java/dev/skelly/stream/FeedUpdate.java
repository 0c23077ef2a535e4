package dev.skelly.stream;

import java.util.List;

/**
 * An update from the feed to the hubs.
 *
 * @param kind how it relates to the previous update
 * @param entries the new events, ascending; empty unless continued
 * @param head everything up to here is delivered, or must be read from the log
 */
record FeedUpdate(UpdateKind kind, List<EncodedEvent> entries, long head) {

    /** How an update relates to the previous one. */
    enum UpdateKind {
        /** The entries are all relevant events between the last head and this one. */
        CONTINUED,
        /** The events between the last head and this one are in the log only. */
        SKIPPED,
        /** The log was restored to an earlier state: delivered positions may come again with other events. */
        RESTORED
    }

    static FeedUpdate continued(List<EncodedEvent> entries, long head) {
        return new FeedUpdate(UpdateKind.CONTINUED, entries, head);
    }

    static FeedUpdate restart(UpdateKind kind, long head) {
        return new FeedUpdate(kind, List.of(), head);
    }
}
