package dev.skelly.features.events;

import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses emission while the events of a while ago have no positions yet, so that the backlog of sequencing stays bounded.
 *
 * <p>Algorithm: notes the newest event from time to time and asks when the noted ones have got positions. The lag is the age of the oldest note
 * without one. It depends neither on the times of events, which nodes and imports set, nor on the clock of the database. Looks only while events
 * are emitted or notes are open. Safe on any context.
 */
final class SequencingLag {

    /** The code of the problem. */
    static final String CODE = "sequencing-behind";

    private static final Logger LOGGER = LoggerFactory.getLogger(SequencingLag.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final int LOOKS = 10; // Within the greatest lag: so many notes are open at most, and one more.

    private final Vertx vertx;
    private final CommandBus commands;
    private final Duration lagMax;
    private final LongSupplier nanos;
    private final Counter refused;
    private final TreeMap<Long, Long> notes =
            new TreeMap<>(); // Guarded by this object, as are the rest. When each seq was noted.
    private long newest;
    private boolean looking;
    private boolean emitted;
    private boolean behind;

    SequencingLag(Vertx vertx, CommandBus commands, Duration lagMax, LongSupplier nanos, MeterRegistry meters) {
        this.vertx = vertx;
        this.commands = commands;
        this.lagMax = lagMax;
        this.nanos = nanos;
        this.refused = Counter.builder("skelly.events.refused")
                .tag("reason", CODE)
                .description("Requests to emit events that were refused because sequencing is behind")
                .register(meters);
        Gauge.builder("skelly.events.sequencing.lag", this, lag -> lag.nanos() / 1e9)
                .description("Seconds for which the oldest event that this node knows of waits for its position")
                .register(meters);
    }

    private synchronized long nanos() {
        return notes.isEmpty() ? 0 : nanos.getAsLong() - notes.firstEntry().getValue();
    }

    /** Returns why no event can be emitted now; empty when events can be. */
    Optional<Problem> refusal() {
        synchronized (this) {
            emitted = true;
            if (behind) {
                refused.increment();
                return Optional.of(new Problem(
                        Problem.Kind.UNAVAILABLE,
                        CODE,
                        "the log is more than " + lagMax.toMillis() + " ms behind in sequencing events; try again",
                        List.of(),
                        RETRY_AFTER));
            }
        }
        begin();
        return Optional.empty();
    }

    private void begin() {
        synchronized (this) {
            if (looking) {
                return;
            }
            looking = true;
        }
        look();
    }

    private void look() {
        List<Long> asked;
        synchronized (this) {
            asked = List.copyOf(notes.keySet());
            emitted = false;
        }
        commands.query(new FindUnsequenced(asked))
                .onSuccess(this::note)
                .onFailure(failure ->
                        LOGGER.atDebug().setCause(failure).log("the lag of sequencing cannot be seen, will look again"))
                .onComplete(ended -> vertx.setTimer(Math.max(1, lagMax.toMillis() / LOOKS), timer -> again()));
    }

    private void again() {
        synchronized (this) {
            if (notes.isEmpty() && !emitted) {
                looking = false;
                return;
            }
        }
        look();
    }

    private synchronized void note(FindUnsequenced.UnsequencedEvents found) {
        notes.keySet().retainAll(found.unsequenced());
        var was = behind;
        behind = nanos() > lagMax.toNanos();
        // While events are refused, the newest are those of this program itself.
        if (!behind && found.newest() > newest) {
            newest = found.newest();
            notes.put(newest, nanos.getAsLong());
        }
        if (behind != was) {
            LOGGER.atWarn()
                    .addKeyValue("lagSeconds", TimeUnit.NANOSECONDS.toSeconds(nanos()))
                    .log(
                            behind
                                    ? "sequencing is behind: emission is refused"
                                    : "sequencing keeps up: emission resumes");
        }
    }
}
