package dev.skelly.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Registers every event type of this process, from the features' sealed families and from declaration files. {@link CurrentEventTypes} holds
 * the present one.
 * Immutable, safe on any thread.
 */
public final class EventTypeRegistry implements Supplier<EventTypeRegistry> {

    private final Map<String, EventType> byName = new LinkedHashMap<>();
    private final Map<Class<?>, EventType> byShape = new LinkedHashMap<>();
    private final Map<String, EventType> present = new LinkedHashMap<>();
    private final Map<String, Map<Integer, Upcast>> upcasts = new LinkedHashMap<>();
    private final List<Topic> topics;
    private final JsonMapper json = Json.mapper();

    private EventTypeRegistry(Collection<Topic> topics) {
        this.topics = List.copyOf(topics);
    }

    /**
     * The declarations that do not come from the features' records.
     *
     * @param types declared in files
     * @param topics channels that readers request by name
     * @param upcasts of types from files and records alike
     */
    public record Declared(List<EventType> types, List<Topic> topics, List<Upcast> upcasts) {

        /** No declarations. */
        public static final Declared NOTHING = new Declared(List.of(), List.of(), List.of());

        /** Copies the lists. */
        public Declared {
            types = List.copyOf(types);
            topics = List.copyOf(topics);
            upcasts = List.copyOf(upcasts);
        }
    }

    /**
     * Builds a registry from the sealed families alone.
     *
     * @param familiesBySource a feature's event interfaces under their source, e.g. {@code /skelly/accounts}
     * @throws InvalidEventTypesException naming every missing, malformed or duplicate name at once
     */
    public static EventTypeRegistry of(Map<String, ? extends Collection<Class<? extends Event>>> familiesBySource) {
        return of(familiesBySource, Declared.NOTHING);
    }

    /**
     * Builds a registry from the sealed families and the declarations.
     *
     * @throws InvalidEventTypesException naming every missing, malformed or duplicate name, and every gap in a chain of upcasts, at once
     */
    public static EventTypeRegistry of(
            Map<String, ? extends Collection<Class<? extends Event>>> familiesBySource, Declared declared) {
        var eventTypes = new EventTypeRegistry(declared.topics());
        var faults = new ArrayList<String>();
        familiesBySource.forEach(
                (source, families) -> families.forEach(family -> eventTypes.addFamily(source, family, faults)));
        declared.types().forEach(type -> eventTypes.add(type, faults));
        declared.upcasts().forEach(upcast -> eventTypes.add(upcast, faults));
        eventTypes.present.values().forEach(type -> eventTypes.requireChain(type, faults));
        if (!faults.isEmpty()) {
            throw new InvalidEventTypesException(faults);
        }
        return eventTypes;
    }

    private void addFamily(String source, Class<? extends Event> family, List<String> faults) {
        if (family.isSealed()) {
            for (var member : family.getPermittedSubclasses()) {
                addFamily(source, member.asSubclass(Event.class), faults);
            }
            return;
        }
        try {
            var type = EventRecordReader.of(source, family);
            byShape.put(family, type);
            add(type, faults);
        } catch (IllegalArgumentException fault) {
            faults.add(family.getName() + ": " + fault.getMessage());
        }
    }

    private void add(EventType type, List<String> faults) {
        present.putIfAbsent(type.name(), type);
        addName(type.name(), type, faults);
        type.formerly().forEach(former -> addName(former, type, faults));
    }

    private void addName(String name, EventType type, List<String> faults) {
        var other = byName.putIfAbsent(name, type);
        if (other != null) {
            faults.add("event name " + name + " is used by " + origin(other) + " and " + origin(type));
        }
    }

    private static String origin(EventType type) {
        var shape = type.shape();
        return shape == null ? type.name() + " of " + type.source() : shape.getName();
    }

    private void add(Upcast upcast, List<String> faults) {
        if (!present.containsKey(upcast.type())) {
            faults.add("upcast of " + upcast.type() + " (expected: a type that is declared)");
        } else if (upcasts.computeIfAbsent(upcast.type(), type -> new LinkedHashMap<>())
                        .put(upcast.from(), upcast)
                != null) {
            faults.add("upcast of " + upcast.type() + " from " + upcast.from() + " stands twice");
        }
    }

    private void requireChain(EventType type, List<String> faults) {
        var steps = upcasts.getOrDefault(type.name(), Map.of());
        for (var from = 1; from < type.version(); from++) {
            if (!steps.containsKey(from)) {
                faults.add(type.name() + " version " + type.version() + ": no upcast from " + from);
            }
        }
        steps.keySet().stream()
                .filter(from -> from < 1 || from >= type.version())
                .forEach(from -> faults.add("upcast of " + type.name() + " from " + from + " (expected: 1 to "
                        + (type.version() - 1) + ")"));
    }

    /**
     * Returns the type of an event.
     *
     * @throws IllegalArgumentException when no feature declares it
     */
    public EventType typeOf(Event event) {
        var type = byShape.get(event.getClass());
        if (type == null) {
            throw new IllegalArgumentException(
                    "event " + event.getClass().getName() + " (expected: one of " + byShape.keySet() + ")");
        }
        return type;
    }

    /** Returns this registry, for parts that read the current one. */
    @Override
    public EventTypeRegistry get() {
        return this;
    }

    /** Finds the type stored under a current or former name. */
    public Optional<EventType> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Returns all names under which events of these types are stored, present and former ones. */
    public Set<String> names() {
        return Set.copyOf(byName.keySet());
    }

    /** Returns every type once, in the order of declaration. */
    public Collection<EventType> types() {
        return List.copyOf(present.values());
    }

    /** Returns the channels that readers request by name. */
    public List<Topic> topics() {
        return topics;
    }

    /**
     * Converts an event to its type's current name and version. Returns the event unchanged when it has them already, or when its type is
     * not declared.
     *
     * @throws IllegalStateException when its data does not match its version
     */
    public StoredEvent present(StoredEvent event) {
        var type = byName.get(event.type());
        if (type == null || (type.version() == event.version() && type.name().equals(event.type()))) {
            return event;
        }
        return event.as(type.name(), type.version(), present(type, event.version(), event.data()));
    }

    /**
     * Converts the data of a stored event to its type's current version, as {@link #present(StoredEvent)} does.
     *
     * @param type stored name
     * @throws IllegalStateException when the data does not match its version
     */
    public String present(String type, int version, String data) {
        var known = byName.get(type);
        return known == null ? data : present(known, version, data);
    }

    private String present(EventType type, int from, String data) {
        if (from >= type.version()) {
            return data; // Written by a newer node: its readers get it unchanged.
        }
        try {
            if (!(json.readTree(data) instanceof ObjectNode fields)) {
                throw new IllegalStateException("data of " + type.name() + " is not a JSON object");
            }
            var steps = upcasts.getOrDefault(type.name(), Map.of());
            for (var version = from; version < type.version(); version++) {
                var step = steps.get(version);
                fields = step == null ? fields : step.step().apply(fields);
            }
            return fields.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("data of " + type.name() + " is not valid JSON", e);
        }
    }
}
