package dev.skelly.view;

import dev.skelly.event.Audience;
import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.FieldVisibility;
import dev.skelly.event.StoredEvent;
import dev.skelly.feature.Principal;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every combination of roles that this node met, and how events are shown to them. One a node; safe on any thread. */
public final class EventViews {

    private static final Logger LOGGER = LoggerFactory.getLogger(EventViews.class);
    private static final int KEPT_MAX = 10_000; // One more is made anew each time; it sees the same.

    private final EventTypeRegistry catalogue;
    private final BiPredicate<Principal, String> granted;
    private final Map<Set<String>, EventView> byRoles = new ConcurrentHashMap<>();
    private final Map<Set<String>, Set<String>> hiddenSets = new ConcurrentHashMap<>();

    /**
     * Shows what {@code catalogue} declares.
     *
     * @param granted whether what somebody's roles may do at run time lets them read a channel that no rule gives them
     */
    public EventViews(EventTypeRegistry catalogue, BiPredicate<Principal, String> granted) {
        this.catalogue = catalogue;
        this.granted = granted;
    }

    /** What a person sees, by the roles they have. */
    public EventView of(Principal principal) {
        var roles = principal.roles();
        return of(roles.contains(FieldVisibility.SELF) ? withoutSelf(roles) : roles);
    }

    /* A role of that name would open everybody's own view; none is made, and one that is there all the same opens nothing. */
    private static Set<String> withoutSelf(Set<String> roles) {
        return roles.stream().filter(role -> !role.equals(FieldVisibility.SELF)).collect(Collectors.toSet());
    }

    /** Whether somebody may read a channel: their own, one that a declared rule gives them, or one that a role was granted. */
    public boolean mayRead(Principal principal, String channel) {
        return principal.channels().contains(channel)
                || of(principal).mayAskFor(channel, principal.account())
                || granted.test(principal, channel);
    }

    /** What these roles see. */
    public EventView of(Set<String> roles) {
        var known = byRoles.get(roles);
        if (known != null) {
            return known;
        }
        var made = new EventView(roles, catalogue.topics(), this::interned);
        return byRoles.size() < KEPT_MAX ? byRoles.computeIfAbsent(made.roles(), asked -> made) : made;
    }

    /* As many as there are fields that can be hidden together: declarations bound it, readers cannot. */
    private Set<String> interned(Set<String> hidden) {
        if (hidden.isEmpty()) {
            return Set.of();
        }
        var one = Set.copyOf(hidden);
        return hiddenSets.computeIfAbsent(one, asked -> one);
    }

    /** An event in the form in which it is shown. Never fails: what cannot be read is shown to administrators as it is. */
    public PresentedEvent show(StoredEvent stored) {
        var type = catalogue.named(stored.type()).orElse(null);
        if (type == null) {
            return new PresentedEvent(stored, null, about(stored));
        }
        try {
            return new PresentedEvent(catalogue.present(stored), type, about(stored));
        } catch (RuntimeException e) {
            LOGGER.atError()
                    .setCause(e)
                    .addKeyValue("event", stored.id())
                    .log("an event cannot be brought to its present version, only administrators see it");
            return new PresentedEvent(stored, null, about(stored));
        }
    }

    /* Nobody in particular: then the person who did it. */
    private static @Nullable UUID about(StoredEvent event) {
        return Audience.person(event.subject(), event.channels())
                .map(Audience::account)
                .orElse(event.actor());
    }

    /** The type that is stored under a name, be it the present or a former one. */
    public Optional<EventType> named(String name) {
        return catalogue.named(name);
    }

    /**
     * Every name under which the log may hold what goes by one of these names.
     *
     * @param names each whole or a family ending in {@code .*}. A family also stays, for types that are not declared any more, and so more may
     *     be found than is meant: {@link #goesBy} tells
     */
    public Set<String> stored(Collection<String> names) {
        var stored = new LinkedHashSet<String>(names);
        for (var name : names) {
            meant(name).forEach(type -> {
                stored.add(type.name());
                stored.addAll(type.formerly());
            });
        }
        return Set.copyOf(stored);
    }

    private Stream<EventType> meant(String name) {
        return family(name)
                ? catalogue.types().stream().filter(type -> belongs(type.name(), name))
                : catalogue.named(name).stream();
    }

    private static boolean family(String name) {
        return name.endsWith(".*");
    }

    private static boolean belongs(String type, String family) {
        return type.startsWith(family.substring(0, family.length() - 1));
    }

    /** Whether an event goes by one of these names, each whole, present or former, or a family of present names. */
    public boolean goesBy(PresentedEvent shown, Collection<String> names) {
        var type = shown.event().type();
        return names.stream()
                .anyMatch(name -> family(name)
                        ? belongs(type, name)
                        : type.equals(name)
                                || named(name)
                                        .filter(meant -> meant.name().equals(type))
                                        .isPresent());
    }
}
