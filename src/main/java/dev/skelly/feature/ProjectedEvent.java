package dev.skelly.feature;

import dev.skelly.event.Event;
import dev.skelly.event.StoredEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An event that is applied to a projection, under the current name and version of its type. */
public final class ProjectedEvent {

    private final StoredEvent stored;
    private final Supplier<Optional<Event>> record;

    /**
     * Creates an event.
     *
     * @param stored under the current name of its type; without encrypted fields
     * @param record reads the data as the record of its type; called by {@link #event}
     */
    public ProjectedEvent(StoredEvent stored, Supplier<Optional<Event>> record) {
        this.stored = stored;
        this.record = record;
    }

    /** Returns its position in the log; 0 for an event that is not sequenced yet, as inline projections get it. */
    public long position() {
        return stored.position();
    }

    /** Returns its id. */
    public UUID id() {
        return stored.id();
    }

    /** Returns the current name of its type. */
    public String type() {
        return stored.type();
    }

    /** Returns whom or what it happened to. */
    public String subject() {
        return stored.subject();
    }

    /** Returns its version among the events of its subject, dense from 1. */
    public long subjectVersion() {
        return stored.subjectVersion();
    }

    /** Returns when it was appended. */
    public Instant time() {
        return stored.time();
    }

    /** Returns the account that caused it; null without one. */
    public @Nullable UUID actor() {
        return stored.actor();
    }

    /** Returns its data, the text of a JSON object. */
    public String data() {
        return stored.data();
    }

    /**
     * Returns it as a record; empty when its type has none, because it is declared in a file.
     *
     * @throws IllegalStateException when its data is not that of its type
     */
    public Optional<Event> event() {
        return record.get();
    }
}
