package dev.skelly.persistence;

import dev.skelly.feature.CommandBinding;
import dev.skelly.feature.Feature;
import dev.skelly.feature.QueryBinding;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Every command and query of this process, with what it does and what it answers. Immutable. */
public final class Bindings {

    private final Map<Class<?>, CommandBinding<?, ?>> commands = new HashMap<>();
    private final Map<Class<?>, QueryBinding<?, ?>> queries = new HashMap<>();
    private final Map<String, Class<?>> byName = new HashMap<>();

    /**
     * Reads the features' lists.
     *
     * @throws IllegalArgumentException when two features bind the same record
     */
    public Bindings(Collection<? extends Feature> features) {
        for (var feature : features) {
            feature.commands().forEach(binding -> add(commands, binding.command(), binding));
            feature.queries().forEach(binding -> add(queries, binding.query(), binding));
        }
    }

    private <B> void add(Map<Class<?>, B> bindings, Class<?> type, B binding) {
        if (bindings.put(type, binding) != null) {
            throw new IllegalArgumentException(type.getName() + " is bound twice");
        }
        byName.put(type.getName(), type);
    }

    /** Every record that may travel: requests and answers. */
    public Set<Class<?>> types() {
        var types = new HashSet<>(byName.values());
        commands.values().forEach(binding -> types.add(binding.result()));
        queries.values().forEach(binding -> types.add(binding.result()));
        return types;
    }

    CommandBinding<?, ?> command(Class<?> type) {
        return found(commands, type);
    }

    QueryBinding<?, ?> query(Class<?> type) {
        return found(queries, type);
    }

    boolean isCommand(Class<?> type) {
        return commands.containsKey(type);
    }

    Class<?> resultOf(Class<?> request) {
        return isCommand(request) ? command(request).result() : query(request).result();
    }

    Class<?> named(String name) {
        var type = byName.get(name);
        if (type == null) {
            throw new IllegalArgumentException(
                    "request " + name + " (expected: a command or query that this node knows)");
        }
        return type;
    }

    private static <B> B found(Map<Class<?>, B> bindings, Class<?> type) {
        var binding = bindings.get(type);
        if (binding == null) {
            throw new IllegalArgumentException(type.getName() + " is bound to nothing");
        }
        return binding;
    }
}
