package dev.skelly.apidocs;

import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.feature.InstalledFeature;
import dev.skelly.feature.Route;
import dev.skelly.feature.Worker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The public interface of this program.
 *
 * @param features all features, and parts with routes of their own
 * @param mounted other routes of parts
 * @param eventTypes all event types
 * @param version of the program
 */
public record ApiModel(
        List<InstalledFeature> features, List<Route> mounted, EventTypeRegistry eventTypes, String version) {

    /**
     * An operation: a method of a resource.
     *
     * @param tag the group in which it is listed
     */
    record Operation(String tag, Route route) {}

    /** Copies the collections. */
    public ApiModel {
        features = List.copyOf(features);
        mounted = List.copyOf(mounted);
    }

    /** Returns the same interface with other event types. */
    ApiModel with(EventTypeRegistry types) {
        return new ApiModel(features, mounted, types, version);
    }

    /** Returns all operations, by path. */
    List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        features.forEach(feature ->
                feature.routes().forEach(route -> operations.add(operation(feature.name(), route))));
        mounted.forEach(route -> operations.add(operation("system", route)));
        operations.sort(
                Comparator.comparing((Operation operation) -> operation.route().path())
                        .thenComparing(operation -> operation.route().method()));
        return operations;
    }

    private static Operation operation(String owner, Route route) {
        var tag = route.about().tag();
        return new Operation(tag.isEmpty() ? owner : tag, route);
    }

    /** Returns all event types, by name. */
    List<EventType> types() {
        return eventTypes.types().stream()
                .sorted(Comparator.comparing(EventType::name))
                .toList();
    }

    /** Returns all workers, by name. */
    List<Worker> workers() {
        return features.stream()
                .flatMap(feature -> feature.workers().stream())
                .sorted(Comparator.comparing(Worker::name))
                .toList();
    }
}
