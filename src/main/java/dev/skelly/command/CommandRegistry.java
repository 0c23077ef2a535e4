package dev.skelly.command;

import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.InstalledFeature;
import dev.skelly.feature.QueryHandler;
import dev.skelly.idempotency.CommandName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Registers every command and query of this process with its handler. Immutable. */
public final class CommandRegistry {

    private static final Pattern VERB_OBJECT = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private final Map<Class<?>, CommandHandler<?, ?>> commands = new HashMap<>();
    private final Map<Class<?>, QueryHandler<?, ?>> queries = new HashMap<>();
    private final Map<Class<?>, String> names = new HashMap<>();
    private final Map<String, Class<?>> byName = new HashMap<>();
    private final FormerNames former = FormerNames.all();

    /**
     * Reads the features' lists.
     *
     * @throws IllegalArgumentException when two features bind the same record or name, or a name is not of the form {@code
     *     feature.verb-object}
     */
    public CommandRegistry(Collection<InstalledFeature> features) {
        for (var feature : features) {
            for (var binding : feature.commands()) {
                name(feature, binding.name(), binding.command());
                commands.put(binding.command(), binding);
            }
            for (var binding : feature.queries()) {
                name(feature, binding.name(), binding.query());
                queries.put(binding.query(), binding);
            }
        }
    }

    private void name(InstalledFeature feature, String name, Class<?> type) {
        var prefix = feature.name() + ".";
        if (!name.startsWith(prefix)
                || !VERB_OBJECT.matcher(name.substring(prefix.length())).matches()) {
            throw new IllegalArgumentException("command or query name " + name + " of " + type.getName()
                    + " (expected: " + prefix + "verb-object)");
        }
        var other = byName.put(name, type);
        if (other != null) {
            throw new IllegalArgumentException(
                    "command or query name " + name + " stands for " + other.getName() + " and " + type.getName());
        }
        if (names.put(type, name) != null) {
            throw new IllegalArgumentException(type.getName() + " is bound twice");
        }
    }

    CommandHandler<?, ?> command(Class<?> type) {
        return found(commands, type);
    }

    QueryHandler<?, ?> query(Class<?> type) {
        return found(queries, type);
    }

    Class<?> resultOf(Class<?> request) {
        return commands.containsKey(request)
                ? command(request).result()
                : query(request).result();
    }

    String nameOf(Class<?> request) {
        return found(names, request);
    }

    CommandName commandName(Class<?> command) {
        var name = command(command).name();
        return new CommandName(name, former.formerOf(name));
    }

    Class<?> named(String name) {
        var present = former.presentOf(name);
        var type = byName.get(present == null ? name : present);
        if (type == null) {
            throw new IllegalArgumentException(
                    "request " + name + " (expected: a command or query that this node knows)");
        }
        return type;
    }

    private static <B> B found(Map<Class<?>, B> bindings, Class<?> type) {
        var binding = bindings.get(type);
        if (binding == null) {
            throw new IllegalArgumentException(type.getName() + " has no handler");
        }
        return binding;
    }
}
