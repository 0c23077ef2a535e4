package dev.skelly.stream;

import dev.skelly.view.EventViews;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Filters events by the types that a reader requested.
 *
 * @param exact whole names
 * @param prefixes prefixes of names, each ending in a dot
 * @param all whether every type matches
 */
record EventTypeFilter(Set<String> exact, List<String> prefixes, boolean all) {

    static final EventTypeFilter ANY = new EventTypeFilter(Set.of(), List.of(), true);

    /** Matches no type. */
    static final EventTypeFilter NOTHING = new EventTypeFilter(Set.of(), List.of(), false);

    static final int TERMS_MAX = 128;

    private static final Pattern TERM = Pattern.compile("\\*|[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*(\\.\\*)?");

    /** Returns whether {@link #of} accepts these terms. */
    static boolean wellFormed(List<String> terms) {
        return terms.size() <= TERMS_MAX
                && terms.stream().allMatch(term -> TERM.matcher(term).matches());
    }

    /** Parses well-formed terms; an empty list matches every type. */
    static EventTypeFilter of(List<String> terms) {
        if (terms.isEmpty() || terms.contains("*")) {
            return ANY;
        }
        var exact = new LinkedHashSet<String>();
        var prefixes = new ArrayList<String>();
        for (var term : terms) {
            if (term.endsWith(".*")) {
                prefixes.add(term.substring(0, term.length() - 1));
            } else {
                exact.add(term);
            }
        }
        return new EventTypeFilter(Set.copyOf(exact), List.copyOf(prefixes), false);
    }

    /** Returns this filter extended by types that were renamed since a term was written. */
    EventTypeFilter renamed(EventViews views) {
        if (all) {
            return this;
        }
        var names = new LinkedHashSet<>(exact);
        exact.forEach(name -> views.named(name).ifPresent(type -> names.add(type.name())));
        return new EventTypeFilter(Set.copyOf(names), prefixes, false);
    }

    /** Returns this filter with the types of another. */
    EventTypeFilter plus(EventTypeFilter more) {
        if (all || more.all) {
            return ANY;
        }
        var names = new LinkedHashSet<>(exact);
        names.addAll(more.exact);
        var families = new LinkedHashSet<>(prefixes);
        families.addAll(more.prefixes);
        return new EventTypeFilter(Set.copyOf(names), List.copyOf(families), false);
    }

    /** Returns this filter without the terms of another; a filter of all types has no terms and is unchanged. */
    EventTypeFilter minus(EventTypeFilter less) {
        if (all) {
            return this;
        }
        var names = new LinkedHashSet<>(exact);
        names.removeAll(less.exact);
        var families = new LinkedHashSet<>(prefixes);
        families.removeAll(less.prefixes);
        return new EventTypeFilter(Set.copyOf(names), List.copyOf(families), false);
    }

    /** Returns this filter without the terms that {@code whole} does not have. */
    EventTypeFilter within(EventTypeFilter whole) {
        if (whole.all) {
            return this;
        }
        if (all) {
            return whole;
        }
        return new EventTypeFilter(
                Set.copyOf(exact.stream().filter(whole.exact::contains).toList()),
                prefixes.stream().filter(whole.prefixes::contains).toList(),
                false);
    }

    /** Returns the number of terms. */
    int terms() {
        return exact.size() + prefixes.size();
    }

    /** Splits at commas; an empty text is not a term. */
    static List<String> split(@Nullable String text) {
        return text == null || text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    /** Returns whether a term names a type or its family; a filter of all types names none. */
    boolean names(String type) {
        return !all && matches(type);
    }

    boolean matches(String type) {
        if (all || exact.contains(type)) {
            return true;
        }
        for (var prefix : prefixes) {
            if (type.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the names by which the log can narrow a page; null when it cannot. */
    @Nullable
    Set<String> names() {
        return all || !prefixes.isEmpty() ? null : exact;
    }
}
