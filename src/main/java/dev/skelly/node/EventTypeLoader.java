package dev.skelly.node;

import dev.skelly.config.DidYouMean;
import dev.skelly.config.InvalidSettingsException;
import dev.skelly.declaration.EventTypeFiles;
import dev.skelly.event.Event;
import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.InvalidEventTypesException;
import dev.skelly.event.Upcast;
import dev.skelly.feature.Feature;
import dev.skelly.feature.ScheduledJob;
import dev.skelly.feature.Worker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** Loads the event types of the features' records, of their files, and of the operator's folder. */
final class EventTypeLoader {

    private EventTypeLoader() {}

    /**
     * Loads all event types.
     *
     * @param folder of the operator's declarations
     * @throws InvalidSettingsException listing every error of the files and of the types together
     */
    static EventTypeRegistry of(Collection<Feature> features, Path folder) {
        return load(features, folder).types();
    }

    /**
     * All event types.
     *
     * @param digest of what is declared in files; the same on all nodes with the same declarations, wherever they stand
     */
    record LoadedTypes(EventTypeRegistry types, String digest) {}

    /** Loads all event types like {@link #of}. */
    static LoadedTypes load(Collection<Feature> features, Path folder) {
        var families = new HashMap<String, List<Class<? extends Event>>>();
        var upcasts = new ArrayList<Upcast>();
        var declarations = new EventTypeFiles();
        for (var feature : features) {
            var source = "/skelly/" + feature.name();
            families.put(source, feature.events());
            upcasts.addAll(feature.upcasts());
            feature.declarations().ifPresent(file -> declarations.resource(source, file, feature.getClass()));
        }
        declarations.folder(folder);
        var declared = declarations.found();
        upcasts.addAll(declared.upcasts());
        var faults = new ArrayList<>(declarations.faults());
        faults.addAll(twice("feature name", features.stream().map(Feature::name)));
        try {
            var eventTypes = EventTypeRegistry.of(
                    families, new EventTypeRegistry.Declared(declared.types(), declared.topics(), upcasts));
            if (faults.isEmpty()) {
                return new LoadedTypes(eventTypes, declarations.digest());
            }
        } catch (InvalidEventTypesException between) {
            faults.addAll(between.faults());
        }
        throw new InvalidSettingsException(faults);
    }

    /**
     * Rejects names of workers and jobs that stand twice, because two would share one queue or one row, and workers on unknown types, which
     * would never run.
     *
     * @throws InvalidSettingsException listing every error
     */
    static void checkWorkers(Collection<Worker> workers, Collection<ScheduledJob> jobs, EventTypeRegistry types) {
        var faults = new ArrayList<>(twice("worker name", workers.stream().map(Worker::name)));
        faults.addAll(twice("job name", jobs.stream().map(ScheduledJob::name)));
        var names = types.types().stream().map(EventType::name).toList();
        for (var worker : workers) {
            worker.types().stream()
                    .filter(type -> !type.equals(Worker.ALL) && !names.contains(type))
                    .sorted()
                    .map(type -> "worker " + worker.name() + ": unknown event type " + type
                            + " (expected: a known type, perhaps " + DidYouMean.of(type, names) + ")")
                    .forEach(faults::add);
        }
        if (!faults.isEmpty()) {
            throw new InvalidSettingsException(faults);
        }
    }

    /** Checks workers like {@link #checkWorkers} for types that change while the node runs. There is nothing to do after the change. */
    static Runnable checked(Collection<Worker> workers, Collection<ScheduledJob> jobs, EventTypeRegistry next) {
        try {
            checkWorkers(workers, jobs, next);
            return () -> {};
        } catch (InvalidSettingsException faulty) {
            throw new InvalidEventTypesException(faulty.faults());
        }
    }

    private static List<String> twice(String what, Stream<String> names) {
        var seen = new HashSet<String>();
        return names.filter(name -> !seen.add(name))
                .distinct()
                .sorted()
                .map(name -> what + " " + name + " stands twice (expected: unique names)")
                .toList();
    }
}
