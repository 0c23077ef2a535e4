package dev.skelly.feature;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator asks to replay: to a worker or to a projection.
 *
 * @param from the first position; null for the first event
 * @param to the last position; null for the newest event
 * @param types only events of these types; null for all
 * @param subject only events of this subject; null for all
 * @param rate the most events per second; null for 100 to a worker, and no limit to a projection
 */
public record ReplayRequest(
        @Nullable String worker,
        @Nullable String projection,
        @Nullable Long from,
        @Nullable Long to,
        @Nullable List<String> types,
        @Nullable String subject,
        @Nullable Integer rate) {

    /** The most events per second that can be asked for. */
    public static final int RATE_MAX = 100_000;

    /** Returns the request to rebuild a projection. */
    public static ReplayRequest rebuild(String projection) {
        return new ReplayRequest(null, projection, null, null, null, null, null);
    }
}
