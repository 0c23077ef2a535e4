package dev.skelly.feature;

/** When events are applied to a projection. */
public enum ProjectionKind {
    /** In the transaction that appends them: readers see both or neither, and writers pay for it. */
    INLINE,
    /** Soon after, in batches; reads can wait with {@code after}. */
    ASYNCHRONOUS,
    /** When asked, for one subject; the tables stay empty. */
    LIVE;

    /** Returns the name that operators see. */
    public String text() {
        return switch (this) {
            case INLINE -> "inline";
            case ASYNCHRONOUS -> "asynchronous";
            case LIVE -> "live";
        };
    }
}
