package dev.skelly.view;

import dev.skelly.event.Audience;
import dev.skelly.event.ChannelTemplate;
import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.FieldVisibility;
import dev.skelly.event.StoredEvent;
import dev.skelly.event.Topic;
import dev.skelly.feature.Principal;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates and caches the view of every combination of roles on this node, and converts events to the form in which they are shown. One per
 * node; safe on any thread.
 */
public final class EventViews {

    private static final Logger LOGGER = LoggerFactory.getLogger(EventViews.class);
    private static final int KEPT_MAX = 10_000; // Beyond this number a view is created for each call; it sees the same.

    private final EventTypeRegistry eventTypes;
    private final BiPredicate<Principal, String> granted;
    private final Map<Set<String>, EventView> byRoles = new ConcurrentHashMap<>();
    private final Map<Set<String>, Set<String>> hiddenSets = new ConcurrentHashMap<>();

    /**
     * Shows what {@code eventTypes} declares.
     *
     * @param granted returns whether permissions granted at run time allow an account to read a channel that no declared rule allows
     */
    public EventViews(EventTypeRegistry eventTypes, BiPredicate<Principal, String> granted) {
        this.eventTypes = eventTypes;
        this.granted = granted;
    }

    /** Returns the view of an account, by its roles. */
    public EventView of(Principal principal) {
        var roles = principal.roles();
        return of(roles.contains(FieldVisibility.SELF) ? withoutSelf(roles) : roles);
    }

    /*
     * Removes the role "self", which would open every account's own view. Such a role cannot be created, and an existing one has no
     * effect.
     */
    private static Set<String> withoutSelf(Set<String> roles) {
        return roles.stream().filter(role -> !role.equals(FieldVisibility.SELF)).collect(Collectors.toSet());
    }

    /** Returns whether an account may read a channel: its own, one that a declared rule allows, or one that a role was granted. */
    public boolean mayRead(Principal principal, String channel) {
        return principal.channels().contains(channel)
                || of(principal).mayAskFor(channel, principal.account())
                || granted.test(principal, channel);
    }

    /** Returns whether a channel has the form of one that may exist: {@code public}, a person's, a role's, or one that a type or a topic declares. */
    public boolean knowsChannel(String channel) {
        return channel.equals(Audience.PUBLIC)
                || Audience.isPersonOrRole(channel)
                || Stream.concat(
                                eventTypes.topics().stream().map(Topic::pattern),
                                eventTypes.types().stream().flatMap(type -> type.audience().stream()))
                        .anyMatch(template ->
                                template.read(channel).isPresent() && !channel.equals(ChannelTemplate.SELF));
    }

    /** Returns whether a name, current or former, or a family ending in {@code .*} matches a declared type. */
    public boolean knowsType(String name) {
        return name.equals("*") || meant(name).findAny().isPresent();
    }

    /** Returns whether an account may send signals to a topic: the roles that it declares for them, or all of its readers. */
    public boolean maySignal(Principal principal, String channel) {
        return mayUse(principal, channel, Topic::signalers);
    }

    /** Returns whether an account may be present in a topic and see who is; see {@link #maySignal}. */
    public boolean mayAttend(Principal principal, String channel) {
        return mayUse(principal, channel, Topic::attendees);
    }

    /** Returns whether fewer than all readers of a channel may see who is present in it. */
    public boolean restrictsAttendance(String channel) {
        return eventTypes.topics().stream()
                .anyMatch(topic -> topic.attendees() != null
                        && topic.pattern().read(channel).isPresent());
    }

    private boolean mayUse(Principal principal, String channel, Function<Topic, @Nullable Set<String>> roles) {
        var listed = eventTypes.topics().stream()
                .filter(topic -> roles.apply(topic) != null
                        && topic.isAbout(channel, principal.account().toString()))
                .toList();
        return listed.isEmpty()
                ? mayRead(principal, channel)
                : listed.stream().anyMatch(topic -> principal.roles().stream().anyMatch(roles.apply(topic)::contains));
    }

    /** Returns the view of these roles. */
    public EventView of(Set<String> roles) {
        var known = byRoles.get(roles);
        if (known != null) {
            return known;
        }
        var made = new EventView(roles, eventTypes.topics(), this::interned);
        return byRoles.size() < KEPT_MAX ? byRoles.computeIfAbsent(made.roles(), asked -> made) : made;
    }

    /* The number of sets is bounded by the declared combinations of hidden fields; readers cannot increase it. */
    private Set<String> interned(Set<String> hidden) {
        if (hidden.isEmpty()) {
            return Set.of();
        }
        var one = Set.copyOf(hidden);
        return hiddenSets.computeIfAbsent(one, asked -> one);
    }

    /** Converts an event to the form in which it is shown. Never fails: an unreadable event is shown to administrators unchanged. */
    public PresentedEvent show(StoredEvent stored) {
        var type = eventTypes.named(stored.type()).orElse(null);
        if (type == null) {
            return new PresentedEvent(stored, null, about(stored));
        }
        try {
            return new PresentedEvent(eventTypes.present(stored), type, about(stored));
        } catch (RuntimeException e) {
            LOGGER.atError()
                    .setCause(e)
                    .addKeyValue("event", stored.id())
                    .log("an event cannot be converted to its current version, only administrators see it");
            return new PresentedEvent(stored, null, about(stored));
        }
    }

    /* When the event is about no particular person, it is about the acting account. */
    private static @Nullable UUID about(StoredEvent event) {
        return Audience.person(event.subject(), event.channels())
                .map(Audience::account)
                .orElse(event.actor());
    }

    /** Finds the type stored under a current or former name. */
    public Optional<EventType> named(String name) {
        return eventTypes.named(name);
    }

    /**
     * Returns every stored name that these names match.
     *
     * @param names each a whole name or a family ending in {@code .*}. A family is also returned itself, for types that are no longer
     *     declared, so the result may match too much: {@link #goesBy} decides
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
                ? eventTypes.types().stream().filter(type -> belongs(type.name(), name))
                : eventTypes.named(name).stream();
    }

    private static boolean family(String name) {
        return name.endsWith(".*");
    }

    private static boolean belongs(String type, String family) {
        return type.startsWith(family.substring(0, family.length() - 1));
    }

    /** Returns whether an event matches one of these names, each a whole current or former name, or a family of current names. */
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
