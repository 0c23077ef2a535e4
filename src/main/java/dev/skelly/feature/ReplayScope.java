package dev.skelly.feature;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events go where.
 *
 * @param target {@link #WORKER} or {@link #PROJECTION}
 * @param name of the worker or the projection
 * @param from the first position
 * @param upTo the last position; that of the newest event for a projection, which goes on to the newest one then
 * @param types only events of these types; null for all that the target reacts to
 * @param subject only events of this subject; null for all
 * @param rate the most events per second; 0 for no limit
 */
public record ReplayScope(
        String target,
        String name,
        long from,
        long upTo,
        @Nullable List<String> types,
        @Nullable String subject,
        int rate) {

    /** The target is a worker. */
    public static final String WORKER = "worker";

    /** The target is a projection. */
    public static final String PROJECTION = "projection";

    /** Returns whether the target is a projection. */
    public boolean projection() {
        return target.equals(PROJECTION);
    }
}
