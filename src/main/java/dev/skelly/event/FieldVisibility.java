package dev.skelly.event;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which fields of an event's data a reader sees. Decided by roles alone, so that readers of the same roles share one view.
 *
 * @param shownTo top-level field to the roles that see it; a field that is not named is seen by the whole audience
 */
public record FieldVisibility(Map<String, Set<String>> shownTo) {

    /** The role of a reader in an event that is about that reader; never given to an account. */
    public static final String SELF = "self";

    /** Everybody sees everything. */
    public static final FieldVisibility OPEN = new FieldVisibility(Map.of());

    /** Keeps its own copy. */
    public FieldVisibility {
        var copy = new LinkedHashMap<String, Set<String>>();
        shownTo.forEach((field, roles) -> copy.put(field, Set.copyOf(roles)));
        shownTo = Map.copyOf(copy);
    }

    /** Whether all readers see the same. */
    public boolean open() {
        return shownTo.isEmpty();
    }

    /**
     * The fields that a reader does not see.
     *
     * @param roles of the reader, with {@link #SELF} where the event is about the reader
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

    /** Every role by which a field is shown to some and not to others. */
    public Set<String> roles() {
        var roles = new LinkedHashSet<String>();
        shownTo.values().forEach(roles::addAll);
        return roles;
    }
}
