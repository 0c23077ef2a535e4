package dev.skelly.feature;

import dev.skelly.event.Event;
import dev.skelly.event.Upcast;
import java.util.List;
import java.util.Optional;

/**
 * Everything the machinery needs to know of a feature. Each list is read once at start.
 *
 * <p>A feature's migrations are found by convention under {@code db/<name>/} on the class path.
 */
public interface Feature {

    /** One lower-case word; names the source of its events ({@code /skelly/<name>}) and its migration folder. */
    String name();

    /** The sealed families of its events. */
    default List<Class<? extends Event>> events() {
        return List.of();
    }

    /** The file of the jar in which it declares further types, e.g. {@code /events/tracking.yaml}; empty where it declares none so. */
    default Optional<String> declarations() {
        return Optional.empty();
    }

    /** How its types' older data becomes newer. */
    default List<Upcast> upcasts() {
        return List.of();
    }

    /** What changes its tables. */
    default List<CommandHandler<?, ?>> commands() {
        return List.of();
    }

    /** What reads its tables. */
    default List<QueryHandler<?, ?>> queries() {
        return List.of();
    }

    /** Its HTTP resources. */
    default List<Route> routes() {
        return List.of();
    }

    /** What it does when something happened. */
    default List<Worker> workers() {
        return List.of();
    }

    /** How what it keeps about people is handed out and erased; empty where it keeps nothing about anybody. */
    default Optional<PersonalData> personalData() {
        return Optional.empty();
    }
}
