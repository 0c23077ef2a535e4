package dev.skelly.node;

import dev.skelly.config.DidYouMean;
import dev.skelly.config.InvalidSettingsException;
import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.InvalidEventTypesException;
import dev.skelly.feature.Projection;
import dev.skelly.feature.ProjectionKind;
import dev.skelly.feature.Worker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks the projections of all features against the event types, when the node starts and when the types change. */
record ProjectionCheck(Collection<Projection> projections, Collection<Worker> workers) {

    private static final Pattern TABLE = Pattern.compile("[a-z][a-z0-9_]*");

    /**
     * Rejects names and tables that stand twice, unknown event types, and types that clients emit for inline projections; further workers that may
     * be replayed and have effects of other kinds than commands.
     *
     * @throws InvalidSettingsException listing every error
     */
    void check(EventTypeRegistry types) {
        var faults = faults(types);
        if (!faults.isEmpty()) {
            throw new InvalidSettingsException(faults);
        }
    }

    /** Checks types that change while the node runs. There is nothing to do after the change. */
    Runnable checked(EventTypeRegistry next) {
        var faults = faults(next);
        if (!faults.isEmpty()) {
            throw new InvalidEventTypesException(faults);
        }
        return () -> {};
    }

    private List<String> faults(EventTypeRegistry types) {
        var faults = new ArrayList<String>();
        var names = new HashSet<String>();
        var tables = new HashSet<String>();
        for (var projection : projections) {
            var where = "projection " + projection.name() + ": ";
            if (!names.add(projection.name())) {
                faults.add(where + "its name stands twice (expected: unique names)");
            }
            for (var table : projection.tables()) {
                if (!TABLE.matcher(table).matches() || !tables.add(table)) {
                    faults.add(where + "table " + table
                            + " (expected: lower-case letters, digits and _, and one projection for each table)");
                }
            }
            typeFaults(projection, where, types, faults);
        }
        workers.stream()
                .filter(worker -> worker.replayable() && !worker.commandsOnly())
                .map(worker -> "worker " + worker.name()
                        + ": replayable (expected: only if its commands are its only effects)")
                .forEach(faults::add);
        return faults;
    }

    private static void typeFaults(Projection projection, String where, EventTypeRegistry types, List<String> faults) {
        var known = types.types().stream().map(EventType::name).collect(Collectors.toSet());
        for (var type : projection.types().stream().sorted().toList()) {
            if (!known.contains(type)) {
                faults.add(where + "unknown event type " + type + " (expected: a known type, perhaps "
                        + DidYouMean.of(type, known) + ")");
            } else if (projection.kind() == ProjectionKind.INLINE
                    && types.named(type).map(EventType::emission).isPresent()) {
                faults.add(where + "clients may emit " + type
                        + " (expected: asynchronous, or types that only this program appends)");
            }
        }
    }
}
