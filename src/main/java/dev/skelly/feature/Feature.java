package dev.skelly.feature;

import dev.skelly.event.Event;
import dev.skelly.event.Upcast;
import java.util.List;
import java.util.Optional;

/**
 * Declares what a feature contributes to the program. Each list is read once at start.
 *
 * <p>A feature's migrations are found by convention under {@code db/<name>/} on the class path.
 */
public interface Feature {

    /** One lower-case word; names the source of its events ({@code /skelly/<name>}) and its migration folder. */
    String name();

    /** Returns the sealed families of its events. */
    default List<Class<? extends Event>> events() {
        return List.of();
    }

    /** Returns the file of the jar that declares further event types, e.g. {@code /events/tracking.yaml}; empty if there is none. */
    default Optional<String> declarations() {
        return Optional.empty();
    }

    /** Returns the upcasts that convert older data of its event types. */
    default List<Upcast> upcasts() {
        return List.of();
    }

    /** Returns the commands that change its tables. */
    default List<CommandHandler<?, ?>> commands() {
        return List.of();
    }

    /** Returns the queries that read its tables. */
    default List<QueryHandler<?, ?>> queries() {
        return List.of();
    }

    /** Returns its HTTP routes. */
    default List<Route> routes() {
        return List.of();
    }

    /** Returns the workers that react to events. */
    default List<Worker> workers() {
        return List.of();
    }

    /** Returns how the personal data it stores is exported and erased; empty when it stores none. */
    default Optional<PersonalData> personalData() {
        return Optional.empty();
    }
}
