package dev.skelly.view;

import dev.skelly.event.Audience;
import dev.skelly.event.EventType;
import dev.skelly.event.FieldVisibility;
import dev.skelly.event.Topic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides what readers with one combination of roles see. All of them share it; each rule is evaluated once per type, not once per reader.
 * Safe on any thread.
 */
public final class EventView {

    private final Set<String> roles;
    private final Set<String> rolesAndSelf;
    private final boolean admin;
    private final List<Topic> topics;
    private final Interning hiddenSets;
    private final Map<String, HiddenFields> hidden =
            new ConcurrentHashMap<>(); // By name: a type's hash walks its schema.
    private final Map<String, HiddenFields> hiddenFromSelf = new ConcurrentHashMap<>();

    /* A stream keeps its view while the declaration of a type changes. */
    private record HiddenFields(EventType of, Set<String> names) {}

    /** Returns the same object for equal sets, so that frames are found by identity. */
    @FunctionalInterface
    interface Interning {
        Set<String> one(Set<String> hidden);
    }

    EventView(Set<String> roles, List<Topic> topics, Interning hiddenSets) {
        this.roles = Set.copyOf(roles);
        var more = new TreeSet<>(roles);
        more.add(FieldVisibility.SELF);
        this.rolesAndSelf = Set.copyOf(more);
        this.admin = roles.contains(Audience.ADMIN);
        this.topics = topics.stream()
                .filter(topic -> topic.readers().stream().anyMatch(roles::contains))
                .toList();
        this.hiddenSets = hiddenSets;
    }

    /** Returns the roles. */
    public Set<String> roles() {
        return roles;
    }

    /** Returns whether readers with these roles may see such an event if its channels allow it. */
    public boolean sees(PresentedEvent shown) {
        return shown.type() != null || admin;
    }

    /**
     * Returns the top-level fields that a reader does not see; the same object for the same fields.
     *
     * @param account of the reader
     */
    public Set<String> hidden(PresentedEvent shown, UUID account) {
        var type = shown.type();
        if (type == null || type.views().open()) {
            return Set.of();
        }
        var self = account.equals(shown.about());
        var known = self ? hiddenFromSelf : hidden;
        var found = known.get(type.name());
        if (found != null && isSame(found.of(), type)) {
            return found.names();
        }
        var names = fields(type, self);
        known.put(type.name(), new HiddenFields(type, names));
        return names;
    }

    @SuppressWarnings("ReferenceEquality") // Another object is another declaration.
    private static boolean isSame(EventType one, EventType other) {
        return one == other;
    }

    /** Returns whether a reader sees any of the encrypted fields of such an event. */
    public boolean opens(PresentedEvent shown, UUID account) {
        var type = shown.type();
        return type == null ? admin : !hidden(shown, account).containsAll(type.sensitive());
    }

    /**
     * Returns the top-level fields of a type that a reader does not see.
     *
     * @param self whether the event is about the reader
     */
    public Set<String> hidden(EventType type, boolean self) {
        return type.views().open() ? Set.of() : fields(type, self);
    }

    private Set<String> fields(EventType type, boolean self) {
        return hiddenSets.one(type.views().hiddenFrom(self ? rolesAndSelf : roles));
    }

    /** Returns whether a declared rule allows a reader with these roles to read a channel that is read only on request. */
    public boolean mayAskFor(String channel, UUID account) {
        return topics.stream().anyMatch(topic -> topic.admits(channel, account.toString(), roles));
    }
}
