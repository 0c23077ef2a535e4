package dev.skelly.event;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Defines which fields of an event's data a reader sees. Only roles decide, so readers with the same roles share one view.
 *
 * @param shownTo top-level field to the roles that see it; the whole audience sees a field that is not listed
 */
public record FieldVisibility(Map<String, Set<String>> shownTo) {

    /** The role of a reader whom the event is about; never assigned to an account. */
    public static final String SELF = "self";

    /** Every reader sees every field. */
    public static final FieldVisibility OPEN = new FieldVisibility(Map.of());

    /** Copies the map. */
    public FieldVisibility {
        var copy = new LinkedHashMap<String, Set<String>>();
        shownTo.forEach((field, roles) -> copy.put(field, Set.copyOf(roles)));
        shownTo = Map.copyOf(copy);
    }

    /** Returns whether all readers see the same fields. */
    public boolean open() {
        return shownTo.isEmpty();
    }

    /**
     * Returns the fields that a reader does not see.
     *
     * @param roles of the reader, with {@link #SELF} when the event is about the reader
     */
    public Set<String> hiddenFrom(Collection<String> roles) {
        var hidden = new TreeSet<String>();
        shownTo.forEach((field, readers) -> {
            if (roles.stream().noneMatch(readers::contains)) {
                hidden.add(field);
            }
        });
        return hidden;
    }

    /** Returns every role that decides about the visibility of a field. */
    public Set<String> roles() {
        var roles = new LinkedHashSet<String>();
        shownTo.values().forEach(roles::addAll);
        return roles;
    }
}
