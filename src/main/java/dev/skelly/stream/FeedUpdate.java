package dev.skelly.stream;

import java.util.List;

/**
 * What the feed tells the registries.
 *
 * @param kind how it goes on from what was told before
 * @param entries what happened since, ascending; none unless continued
 * @param head everything up to here is told, or is to be read from the log
 */
record FeedUpdate(UpdateKind kind, List<EncodedEvent> entries, long head) {

    /** How news follow on what was told before. */
    enum UpdateKind {
        /** The entries are all there is of interest between the last head and this one. */
        CONTINUED,
        /** What lies between the last head and this one is in the log only. */
        SKIPPED,
        /** The log was set back: positions that were told may come again with other events. */
        RESTORED
    }

    static FeedUpdate continued(List<EncodedEvent> entries, long head) {
        return new FeedUpdate(UpdateKind.CONTINUED, entries, head);
    }

    static FeedUpdate restart(UpdateKind kind, long head) {
        return new FeedUpdate(kind, List.of(), head);
    }
}
