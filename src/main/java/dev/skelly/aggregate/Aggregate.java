package dev.skelly.aggregate;

import dev.skelly.event.Event;
import java.util.Optional;

/**
 * How the state of a subject follows from its events. Without state of its own; pure, and called on any thread.
 *
 * @param <S> the state, immutable
 * @param <E> the sealed family of the events
 */
public interface Aggregate<S, E extends Event> {

    /** Returns the kind of its subjects, such as {@code order} of {@code order:0192…}. */
    String name();

    /** Returns the sealed family of its events. A subject has no other events. */
    Class<E> events();

    /** Returns the state before the first event. */
    S initial();

    /**
     * Returns the state after an event. It rejects nothing, because the event has happened. Sensitive fields of the event are null: a state
     * depends on no personal data that may be erased.
     */
    S evolve(S state, E event);

    /** Returns how snapshots are stored; empty for none, which suits subjects with few events. */
    default Optional<SnapshotFormat<S>> snapshots() {
        return Optional.empty();
    }

    /** Returns the subject of an id. */
    default String subject(String id) {
        return name() + ":" + id;
    }
}
