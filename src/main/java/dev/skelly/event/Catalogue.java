package dev.skelly.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every event type of this process, read once at start from the rooms' sealed families. Immutable, safe on any thread. */
public final class Catalogue {

    private final Map<String, EventType> byName = new LinkedHashMap<>();
    private final Map<Class<?>, EventType> byShape = new LinkedHashMap<>();

    private Catalogue() {}

    /**
     * Reads the sealed families.
     *
     * @param familiesBySource a room's event interfaces under their source, e.g. {@code /skelly/accounts}
     * @throws IllegalArgumentException naming every missing, malformed or doubled name at once
     */
    public static Catalogue of(Map<String, ? extends Collection<Class<? extends Event>>> familiesBySource) {
        var catalogue = new Catalogue();
        var faults = new ArrayList<String>();
        familiesBySource.forEach(
                (source, families) -> families.forEach(family -> catalogue.addFamily(source, family, faults)));
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
        return catalogue;
    }

    private void addFamily(String source, Class<? extends Event> family, List<String> faults) {
        if (!family.isSealed()) {
            add(source, family, faults);
            return;
        }
        for (var member : family.getPermittedSubclasses()) {
            addFamily(source, member.asSubclass(Event.class), faults);
        }
    }

    private void add(String source, Class<? extends Event> shape, List<String> faults) {
        var name = shape.getAnnotation(EventName.class);
        if (name == null) {
            faults.add(shape.getName() + ": no @EventName");
            return;
        }
        try {
            var type = new EventType(name.value(), List.of(name.formerly()), source, shape);
            byShape.put(shape, type);
            addName(type.name(), type, faults);
            type.formerly().forEach(former -> addName(former, type, faults));
        } catch (IllegalArgumentException fault) {
            faults.add(shape.getName() + ": " + fault.getMessage());
        }
    }

    private void addName(String name, EventType type, List<String> faults) {
        var other = byName.putIfAbsent(name, type);
        if (other != null) {
            faults.add("event name " + name + " is used by " + other.shape().getName() + " and "
                    + type.shape().getName());
        }
    }

    /**
     * The type of a fact.
     *
     * @throws IllegalArgumentException when no room declares it
     */
    public EventType typeOf(Event event) {
        var type = byShape.get(event.getClass());
        if (type == null) {
            throw new IllegalArgumentException(
                    "event " + event.getClass().getName() + " (expected: one of " + byShape.keySet() + ")");
        }
        return type;
    }

    /** The type stored under a name, be it the present or a former one. */
    public Optional<EventType> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Every type once, in the order of declaration. */
    public Collection<EventType> types() {
        return List.copyOf(byShape.values());
    }
}
