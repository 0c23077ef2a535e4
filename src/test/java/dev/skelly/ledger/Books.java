package dev.skelly.ledger;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What the database holds in the end.
 *
 * @param logEpoch of the log
 * @param cursorKey of the log
 * @param head newest position by the lease
 * @param leaseEpoch newest epoch of the lease
 * @param events every row of the log, by seq
 * @param inbox what workers did
 * @param dead what they gave up
 * @param checkpoints how far each worker's events went to the broker
 * @param counts analytics: how often each type happened
 * @param preferences accounts, one entry a row
 * @param leaderWrites every write to the lease and the checkpoints, in order; empty where nobody watched
 */
public record Books(
        long logEpoch,
        SecretKeySpec cursorKey,
        long head,
        long leaseEpoch,
        List<Row> events,
        List<Effect> inbox,
        List<Effect> dead,
        List<Checkpoint> checkpoints,
        Map<String, Long> counts,
        List<UUID> preferences,
        List<LeaderWrite> leaderWrites) {

    /**
     * One row of the log.
     *
     * @param position null when not stamped
     */
    public record Row(
            long seq,
            @Nullable Long position,
            UUID id,
            String type,
            String subject,
            long version,
            UUID correlation,
            @Nullable UUID causation,
            List<String> channels) {}

    /**
     * What a worker did with an event.
     *
     * @param finished whether it is over: done in the inbox, given up among the dead letters
     */
    public record Effect(String worker, UUID event, boolean finished) {}

    /** How far a worker's events were handed to the broker, and by which leader. */
    public record Checkpoint(String worker, long position, long epoch) {}

    /**
     * One write that only a leader may do.
     *
     * @param what {@code head}, {@code checkpoint:<worker>}, or {@code restamp} for a position that was changed
     * @param epoch the row's after the write
     * @param value the row's after the write
     * @param backend database process that wrote
     * @param holder of the lease at that moment
     */
    public record LeaderWrite(String what, long epoch, long value, int backend, String holder) {}
}
