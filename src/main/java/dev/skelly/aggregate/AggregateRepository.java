package dev.skelly.aggregate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Event;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Problem;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Loads aggregates and decides commands on them. Safe on any context.
 *
 * @param <S> the state
 * @param <E> the events
 */
public final class AggregateRepository<S, E extends Event> {

    private static final int PAGE = 500;

    private final Aggregate<S, E> aggregate;
    private final Supplier<EventTypeRegistry> eventTypes;
    private final JsonMapper json;

    /** Creates the repository of an aggregate. */
    public AggregateRepository(Aggregate<S, E> aggregate, Supplier<EventTypeRegistry> eventTypes, JsonMapper json) {
        this.aggregate = aggregate;
        this.eventTypes = eventTypes;
        this.json = json;
    }

    /** Creates the repository of an aggregate of a feature. */
    public static <S, E extends Event> AggregateRepository<S, E> of(Aggregate<S, E> aggregate, Platform platform) {
        return new AggregateRepository<>(aggregate, platform.currentTypes(), platform.json());
    }

    /** Loads the present state of a subject; version 0 and the initial state if it has no events. */
    public Future<Versioned<S>> load(SqlClient sql, String id) {
        var subject = aggregate.subject(id);
        return newestSnapshot(sql, subject).compose(from -> fold(sql, subject, from, event -> true));
    }

    /**
     * Loads an earlier state: that after the last event before the first one that does not match. It reads all events up to there.
     *
     * @param until whether an event had happened; a position of 0 stands for an event that is not sequenced yet
     */
    public Future<Versioned<S>> load(SqlClient sql, String id, Predicate<StoredEvent> until) {
        return fold(sql, aggregate.subject(id), new Versioned<>(0, aggregate.initial()), until);
    }

    /**
     * Decides a command on the present state and appends the events. No other decision on this subject runs until the transaction ends, so
     * locks of a feature's own rows must be taken in one order relative to it.
     *
     * @param expectedVersion the version that the caller has read; empty if any is right
     * @return the states before and after; fails with {@link Problem} 409 {@code stale-version}, which names the present version, if the
     *     expected one is not it or another transaction creates the subject, and with what the decision throws
     */
    public Future<Decided<S>> decide(Tx tx, String id, OptionalLong expectedVersion, AggregateDecision<S, E> decision) {
        var subject = aggregate.subject(id);
        return AggregateTable.lock(tx.sql(), subject).compose(head -> {
            var present = head.orElse(0);
            if (expectedVersion.isPresent() && expectedVersion.getAsLong() != present) {
                return Future.failedFuture(stale(subject, present, expectedVersion.getAsLong()));
            }
            var loaded = head.isEmpty()
                    ? Future.succeededFuture(new Versioned<>(0, aggregate.initial()))
                    : load(tx.sql(), id);
            return loaded.compose(before -> append(tx, subject, before, decision.decide(before.state())));
        });
    }

    private static Problem stale(String subject, long present, long expected) {
        return Problem.conflict(
                "stale-version",
                subject + " is at version " + present + " (expected: " + expected + "); read it again");
    }

    private Future<Decided<S>> append(Tx tx, String subject, Versioned<S> before, List<? extends E> events) {
        var after = before;
        Future<Void> appended = Future.succeededFuture();
        for (var event : events) {
            if (!event.subject().equals(subject)) {
                throw new IllegalStateException("an event of " + event.subject() + " for " + subject
                        + " (expected: the subject of the decision)");
            }
            var version = after.version();
            appended = appended.compose(done -> tx.append(event, version));
            after = new Versioned<>(version + 1, aggregate.evolve(after.state(), event));
        }
        var result = after;
        return appended.compose(done -> keep(tx.sql(), subject, before.version(), result))
                .map(done -> new Decided<>(before, result));
    }

    private Future<Versioned<S>> fold(SqlClient sql, String subject, Versioned<S> from, Predicate<StoredEvent> until) {
        return AggregateTable.page(sql, subject, from.version(), PAGE).compose(events -> {
            var state = from;
            for (var event : events) {
                if (!until.test(event)) {
                    return Future.succeededFuture(state);
                }
                state = new Versioned<>(event.subjectVersion(), aggregate.evolve(state.state(), read(event)));
            }
            return events.size() < PAGE ? Future.succeededFuture(state) : fold(sql, subject, state, until);
        });
    }

    private E read(StoredEvent stored) {
        var present = eventTypes.get().present(stored);
        var shape =
                eventTypes.get().named(present.type()).map(type -> type.shape()).orElse(null);
        if (shape == null || !aggregate.events().isAssignableFrom(shape)) {
            throw new IllegalStateException(
                    stored.type() + " of " + stored.subject() + " version " + stored.subjectVersion()
                            + " (expected: an event of " + aggregate.events().getName() + ")");
        }
        return aggregate.events().cast(parse(present.data(), shape));
    }

    private Future<Versioned<S>> newestSnapshot(SqlClient sql, String subject) {
        var initial = new Versioned<>(0, aggregate.initial());
        return aggregate
                .snapshots()
                .map(format -> AggregateTable.snapshot(sql, subject, format.version())
                        .map(found -> found == null ? initial : read(found, format, initial)))
                .orElseGet(() -> Future.succeededFuture(initial));
    }

    /* A snapshot that cannot be read is like none. */
    private Versioned<S> read(AggregateTable.Snapshot found, SnapshotFormat<S> format, Versioned<S> initial) {
        try {
            return new Versioned<>(found.version(), json.readValue(found.state(), format.type()));
        } catch (JsonProcessingException e) {
            return initial;
        }
    }

    private Future<Void> keep(SqlClient sql, String subject, long before, Versioned<S> after) {
        var format = aggregate.snapshots().orElse(null);
        if (format == null || before / format.every() == after.version() / format.every()) {
            return Future.succeededFuture();
        }
        return AggregateTable.keep(
                sql, subject, format.version(), new AggregateTable.Snapshot(after.version(), text(after.state())));
    }

    private <T> T parse(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not the JSON of " + type.getName(), e);
        }
    }

    private String text(S state) {
        try {
            return json.writeValueAsString(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a state of " + aggregate.name() + " cannot be written as JSON", e);
        }
    }
}
