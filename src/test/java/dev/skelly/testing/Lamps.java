package dev.skelly.testing;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Event;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Json;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.EventLog;
import dev.skelly.eventlog.LogReader;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;

/** A log of lamps in a test's database. Blocks. */
public final class Lamps {

    private final EventLog log;
    private final LogReader reader;

    /** Writes through {@code pool} and tells {@code appended} after each commit. */
    public Lamps(Pool pool, EventTypeRegistry eventTypes, LongConsumer appended) {
        log = new EventLog(
                pool, eventTypes, Json.mapper(), Clock.systemUTC(), UuidCreator::getTimeOrderedEpoch, appended);
        reader = new LogReader(pool);
    }

    public EventLog log() {
        return log;
    }

    public LogReader reader() {
        return reader;
    }

    /** Appends each in a transaction of its own, all at once. */
    public void append(List<? extends Event> events) {
        Waiting.on(Future.all(events.stream().map(this::append).toList()));
    }

    /** Appends {@code count} lightings of as many lamps. */
    public void light(int count) {
        var events = new ArrayList<Event>();
        for (var lamp = 0; lamp < count; lamp++) {
            events.add(new LampEvent.Lit(Integer.toString(lamp), 40));
        }
        append(events);
    }

    /** Appends in a transaction of its own. */
    public Future<?> append(Event event) {
        return log.transact(CommandContext.fresh(UUID.randomUUID()), tx -> tx.append(event));
    }

    /** The newest position. */
    public long head() {
        return Waiting.on(reader.head());
    }

    /** Every stamped event. */
    public List<StoredEvent> all() {
        var all = new ArrayList<StoredEvent>();
        var page = Waiting.on(reader.page(0, null, null, 1_000));
        all.addAll(page.events());
        while (!page.last()) {
            page = Waiting.on(reader.page(page.upTo(), null, null, 1_000));
            all.addAll(page.events());
        }
        return all;
    }
}
