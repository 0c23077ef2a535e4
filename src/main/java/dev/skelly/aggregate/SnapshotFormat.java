package dev.skelly.aggregate;

/**
 * The form of stored states, which save reading old events.
 *
 * @param type the class of the state, written as JSON
 * @param version increased with each change of the fold or of the class; snapshots of other versions are ignored
 * @param every number of events after which a snapshot is written, at least 2
 * @param <S> the state
 */
public record SnapshotFormat<S>(Class<S> type, int version, int every) {

    private static final int EVERY = 100;

    /** Rejects a distance that would write more than it saves. */
    public SnapshotFormat {
        if (version < 1 || every < 2) {
            throw new IllegalArgumentException(
                    "snapshots: version " + version + ", every " + every + " (expected: 1 or more, 2 or more)");
        }
    }

    /** Creates a format with a snapshot every 100 events. */
    public SnapshotFormat(Class<S> type, int version) {
        this(type, version, EVERY);
    }
}
