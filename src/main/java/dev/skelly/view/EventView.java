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
 * What a combination of roles sees. Shared by all readers who have it; each rule is asked once a type, not once a reader. Safe on any
 * thread.
 */
public final class EventView {

    private final Set<String> roles;
    private final Set<String> rolesAndSelf;
    private final boolean admin;
    private final List<Topic> topics;
    private final Interning hiddenSets;
    private final Map<EventType, Set<String>> hidden = new ConcurrentHashMap<>();
    private final Map<EventType, Set<String>> hiddenFromSelf = new ConcurrentHashMap<>();

    /** Gives the same object for equal sets, so that frames are found by identity. */
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

    /** The roles. */
    public Set<String> roles() {
        return roles;
    }

    /** Whether readers with these roles may see such an event where its channels let them. */
    public boolean sees(PresentedEvent shown) {
        return shown.type() != null || admin;
    }

    /**
     * The top-level fields that a reader does not see; the same object for the same fields.
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
        var found = known.get(type);
        return found != null ? found : known.computeIfAbsent(type, asked -> fields(asked, self));
    }

    /** Whether a reader sees any of the fields of such an event that are sealed in the log. */
    public boolean opens(PresentedEvent shown, UUID account) {
        var type = shown.type();
        return type == null ? admin : !hidden(shown, account).containsAll(type.sensitive());
    }

    private Set<String> fields(EventType type, boolean self) {
        return hiddenSets.one(type.views().hiddenFrom(self ? rolesAndSelf : roles));
    }

    /** Whether a declared rule lets a reader with these roles read a channel that has to be asked for. */
    public boolean mayAskFor(String channel, UUID account) {
        return topics.stream().anyMatch(topic -> topic.admits(channel, account.toString(), roles));
    }
}
