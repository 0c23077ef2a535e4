package dev.skelly.features.notifications;

import dev.skelly.feature.Command;

/**
 * Ends digests that are over: their notifications take no further events, and are mailed.
 *
 * @param peopleMax whose digests end at once
 */
record CloseDigests(int peopleMax) implements Command<CloseDigests.ClosedDigests> {

    /** The number of people whose digests ended. */
    record ClosedDigests(int people) {}
}
