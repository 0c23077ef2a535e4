package dev.skelly.stream;

import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.EventPage;
import dev.skelly.eventlog.LogSource;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the events that no batch contained from the log, one page at a time, until the head is reached. Confined to the feed's context.
 */
final class GapFiller {

    private static final Logger LOGGER = LoggerFactory.getLogger(GapFiller.class);
    private static final int PAGE_EVENTS = 500;
    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final Duration RETRY_LAST = Duration.ofSeconds(5);

    /** Accepts a range of the log that starts at the head or before it. */
    @FunctionalInterface
    interface Taker {
        void take(List<StoredEvent> events, long to);
    }

    private final LogSource log;
    private final StreamMetrics meters;
    private final LongSupplier head;
    private final Taker taker;
    private long wanted = EventRingBuffer.UNKNOWN; // The reported end of the log.
    private boolean reading;
    private int failures;

    GapFiller(LogSource log, StreamMetrics meters, LongSupplier head, Taker taker) {
        this.log = log;
        this.meters = meters;
        this.head = head;
        this.taker = taker;
    }

    /** Reads until the head is at {@code target}, or at the log's end. */
    void readOn(long target) {
        wanted = Math.max(wanted, target);
        if (!reading) {
            reading = true;
            read();
        }
    }

    private void read() {
        var asked = wanted;
        log.page(head.getAsLong(), null, null, PAGE_EVENTS)
                .onSuccess(page -> take(page, asked))
                .onFailure(this::retry);
    }

    private void take(EventPage page, long asked) {
        failures = 0;
        if (page.upTo() > head.getAsLong()) {
            meters.healed();
            taker.take(page.events(), page.upTo());
        }
        if (page.last() && wanted == asked) {
            wanted = head.getAsLong(); // The log does not contain the reported events.
        }
        if (head.getAsLong() < wanted || !page.last()) {
            read();
        } else {
            reading = false;
        }
    }

    private void retry(Throwable failure) {
        var wait = RETRY_FIRST.multipliedBy(1L << Math.min(failures, 6));
        failures++;
        LOGGER.atWarn().setCause(failure).addKeyValue("failures", failures).log("the log cannot be read, streams wait");
        var millis = Math.min(wait.toMillis(), RETRY_LAST.toMillis());
        Objects.requireNonNull(Vertx.currentContext()).owner().setTimer(millis, id -> read());
    }
}
