package dev.skelly.aggregate;

import dev.skelly.event.Event;
import java.util.List;

/**
 * Decides a command. Pure: the same state gives the same events.
 *
 * @param <S> the state
 * @param <E> the events
 */
@FunctionalInterface
public interface AggregateDecision<S, E extends Event> {

    /**
     * Returns the events that follow, oldest first; none if the command has nothing to do.
     *
     * @throws dev.skelly.feature.Problem if the state does not allow the command
     */
    List<? extends E> decide(S state);
}
