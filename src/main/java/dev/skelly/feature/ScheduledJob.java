package dev.skelly.feature;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A job that runs in one place of the cluster at the due times of its schedule, while any node leads the relay.
 *
 * <p>Each due time has one run at a time and is repeated until one succeeds or the next due time replaces it. It has exactly one run if that
 * run succeeds; it is repeated if the run fails, its process dies, or the database cannot record its end. So a run must be idempotent. Due
 * times that pass while nothing can run them, or during a run, are made up for by one run, for the latest of them. A new job first runs at
 * its next due time.
 *
 * @param name of the form {@code feature.verb-object}, unique in the process; stored, and so it outlives the Java name
 * @param schedule when it is due; a change applies at the next start
 * @param atMost the longest time that a run may take, 1 s to 24 h. A longer run counts as failed and may be repeated although it has not ended;
 *     its late result is ignored. After the death of a process its runs are repeated when this time and ten seconds are over
 * @param run gets the due time that it runs for. Called on an event loop: it must not block. A failed future or an exception is a failed run
 */
public record ScheduledJob(String name, Schedule schedule, Duration atMost, Function<Instant, Future<Void>> run) {

    /** The longest time that a run may take by default. */
    public static final Duration AT_MOST = Duration.ofMinutes(15);

    private static final Duration AT_MOST_MIN = Duration.ofSeconds(1);
    private static final Duration AT_MOST_MAX = Duration.ofHours(24);
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*\\.[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int NAME_LENGTH_MAX = 100;

    /** Checks the name and the time. Throws {@link IllegalArgumentException} when one is invalid. */
    public ScheduledJob {
        if (name.length() > NAME_LENGTH_MAX || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("job name: " + name + " (expected: feature.verb-object, at most "
                    + NAME_LENGTH_MAX + " characters)");
        }
        if (atMost.compareTo(AT_MOST_MIN) < 0 || atMost.compareTo(AT_MOST_MAX) > 0) {
            throw new IllegalArgumentException("job " + name + ": at most " + atMost + " (expected: 1 s to 24 h)");
        }
    }

    /** Creates a job whose runs may take {@link #AT_MOST}. */
    public ScheduledJob(String name, Schedule schedule, Function<Instant, Future<Void>> run) {
        this(name, schedule, AT_MOST, run);
    }

    /** Returns this job with another longest time of a run. */
    public ScheduledJob atMost(Duration longest) {
        return new ScheduledJob(name, schedule, longest, run);
    }
}
