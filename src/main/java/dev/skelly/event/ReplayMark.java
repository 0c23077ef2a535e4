package dev.skelly.event;

import java.util.UUID;

/**
 * Marks what a replay causes: the correlation of its events is a UUID of version 8, which no request has. Workers that may not repeat effects skip
 * such events.
 */
public final class ReplayMark {

    private static final int VERSION = 8;
    private static final long VERSION_BITS = 0xF000L;
    private static final long VERSION_PLACE = 0x1000L;

    private ReplayMark() {}

    /** Returns the id of a replay, made from a new id. */
    public static UUID of(UUID id) {
        return new UUID(
                (id.getMostSignificantBits() & ~VERSION_BITS) | VERSION * VERSION_PLACE, id.getLeastSignificantBits());
    }

    /** Returns whether events with this correlation were caused by a replay. */
    public static boolean on(UUID correlation) {
        return correlation.version() == VERSION;
    }
}
