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
        /** Like skipped, and the declarations of event types changed: they may close a channel to its readers. */
        REDECLARED,
        /** The log was restored to an earlier state: delivered positions may come again with other events. */
        RESTORED,
        /** The log has another epoch: cursors from before are those of another log. */
        NEW_EPOCH
    }

    static FeedUpdate continued(List<EncodedEvent> entries, long head) {
        return new FeedUpdate(UpdateKind.CONTINUED, entries, head);
    }

    /** Returns this update without its entries, which are then read from the log. */
    FeedUpdate skipping() {
        return mayGoBack() ? this : restart(UpdateKind.SKIPPED, head);
    }

    /** Returns whether positions before the last head may come again. */
    boolean mayGoBack() {
        return kind.compareTo(UpdateKind.RESTORED) >= 0;
    }

    /** Returns whether a reader at a cursor may have read other events before it than the log now holds. */
    boolean invalidates(long cursor) {
        return kind == UpdateKind.NEW_EPOCH ? cursor >= 0 : kind == UpdateKind.RESTORED && cursor > head;
    }

    /** Returns whether sessions must be checked again, because the declarations changed or a change may have been missed. */
    boolean mayEndSessions() {
        return kind.compareTo(UpdateKind.REDECLARED) >= 0;
    }

    static FeedUpdate restart(UpdateKind kind, long head) {
        return new FeedUpdate(kind, List.of(), head);
    }
}
