package dev.skelly.testkit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.aggregate.Aggregate;
import dev.skelly.aggregate.AggregateDecision;
import dev.skelly.event.Event;
import dev.skelly.feature.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tests decisions of an aggregate, without a database:
 *
 * <pre>{@code
 * AggregateFixture.of(new OrderAggregate())
 *         .given(placed, paid)
 *         .when(order -> order.confirm(id, true))
 *         .then(confirmed);
 * }</pre>
 *
 * @param <S> the state
 * @param <E> the events
 */
public final class AggregateFixture<S, E extends Event> {

    private final Aggregate<S, E> aggregate;
    private final List<E> past = new ArrayList<>();

    private AggregateFixture(Aggregate<S, E> aggregate) {
        this.aggregate = aggregate;
    }

    /** Creates a fixture of a subject without events. */
    public static <S, E extends Event> AggregateFixture<S, E> of(Aggregate<S, E> aggregate) {
        return new AggregateFixture<>(aggregate);
    }

    /** Returns a fixture in which these events have happened, after those that have happened here. */
    public AggregateFixture<S, E> given(Event... events) {
        return given(Stream.of(events).map(aggregate.events()::cast).toList());
    }

    /** Does the same with a list. */
    public AggregateFixture<S, E> given(List<? extends E> events) {
        var next = new AggregateFixture<>(aggregate);
        next.past.addAll(past);
        next.past.addAll(events);
        return next;
    }

    /** Returns the state. */
    public S state() {
        var state = aggregate.initial();
        for (var event : past) {
            state = aggregate.evolve(state, event);
        }
        return state;
    }

    /** Decides a command. */
    public Outcome<S, E> when(AggregateDecision<S, E> decision) {
        try {
            return new Outcome<>(this, List.copyOf(decision.decide(state())), null);
        } catch (Problem problem) {
            return new Outcome<>(this, List.of(), problem);
        }
    }

    /** What a command was answered with. */
    public record Outcome<S, E extends Event>(
            AggregateFixture<S, E> before,
            List<E> events,
            @Nullable Problem problem) {

        /** Requires exactly these events; returns the fixture in which they have happened. */
        @CanIgnoreReturnValue // The end of most tests.
        public AggregateFixture<S, E> then(Event... expected) {
            if (problem != null || !events.equals(List.of(expected))) {
                throw new AssertionError("expected: " + List.of(expected) + ", but was: " + this);
            }
            return before.given(events);
        }

        /** Requires a problem with this code and a detail that contains a text. */
        public void thenRefused(String code, String text) {
            if (problem == null
                    || !problem.code().equals(code)
                    || !problem.detail().contains(text)) {
                throw new AssertionError("expected: " + code + " with " + text + ", but was: " + this);
            }
        }

        /** Returns what happened, for messages. */
        @Override
        public String toString() {
            return problem == null ? events.toString() : problem.code() + ": " + problem.detail();
        }
    }
}
