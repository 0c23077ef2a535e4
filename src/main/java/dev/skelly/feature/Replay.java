package dev.skelly.feature;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A replay of a part of the log to a worker or a projection.
 *
 * @param id marks what it causes; see {@link dev.skelly.event.ReplayMark}
 * @param scope which events go where
 * @param state one of the constants
 * @param position the last position examined by the dry run, or by the run
 * @param events how many of the events examined go to the target
 * @param report what the dry run has found
 * @param error why it failed; null if it did not
 * @param times when it was requested and when it ended
 */
public record Replay(
        UUID id,
        ReplayScope scope,
        String state,
        long position,
        long events,
        JsonNode report,
        @Nullable String error,
        Times times) {

    /** The dry run goes on. */
    public static final String CHECKING = "checking";

    /** The dry run has ended; the run may begin. */
    public static final String CHECKED = "checked";

    /** The run goes on. */
    public static final String RUNNING = "running";

    /** The run has ended. */
    public static final String DONE = "done";

    /** It has failed; {@link #error} says why. */
    public static final String FAILED = "failed";

    /** An operator has cancelled it. */
    public static final String CANCELLED = "cancelled";

    /** The states in which events are read. */
    public static final List<String> ACTIVE = List.of(CHECKING, RUNNING);

    /** When it was requested, and when it ended; null while it goes on. */
    public record Times(Instant created, @Nullable Instant ended) {}

    /** Returns whether this is the dry run. */
    public boolean checking() {
        return state.equals(CHECKING);
    }
}
