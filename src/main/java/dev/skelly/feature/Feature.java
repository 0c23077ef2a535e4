package dev.skelly.feature;

import dev.skelly.event.Event;
import dev.skelly.event.Upcast;
import java.util.List;
import java.util.Optional;

/**
 * A part of an application: its events, commands, queries, routes, workers and tables.
 *
 * <p>What is static is declared: it is read before anything is started, also by commands of the command line that start nothing. The rest is
 * {@link #install installed}. A feature keeps no state of its own, because it may be installed more than once.
 *
 * <p>By convention its migrations lie under {@code db/<name>/} of its jar, and files that browsers may load from {@code /<name>/} lie under
 * {@code web/<name>/}. A feature in a jar of its own is found by {@link java.util.ServiceLoader}, so it has a public constructor without
 * parameters.
 */
public interface Feature {

    /**
     * One lower-case word; names the source of its events ({@code /skelly/<name>}), the folder of its migrations, the prefix of its commands
     * and queries, and the group of its settings.
     */
    String name();

    /** Returns the sealed families of its events. */
    default List<Class<? extends Event>> events() {
        return List.of();
    }

    /** Returns the file of its jar that declares further event types, e.g. {@code /events/tracking.yaml}; empty if there is none. */
    default Optional<String> declarations() {
        return Optional.empty();
    }

    /** Returns the upcasts that convert older data of its event types. */
    default List<Upcast> upcasts() {
        return List.of();
    }

    /**
     * Returns the defaults of its settings: a record whose components are set as {@code features.<name>.<component>}, in the file, the
     * environment and the command line, like all other settings. Its constructor rejects invalid values with an {@link
     * IllegalArgumentException} that names the key. {@link Platform#settings} has the values. Empty if there are none.
     */
    default Optional<Record> settings() {
        return Optional.empty();
    }

    /**
     * Registers what the feature does.
     *
     * @param registry takes registrations until this method returns
     * @param platform what the feature may use; its parts answer once the node has started
     */
    void install(FeatureRegistry registry, Platform platform);
}
