package dev.skelly.apidocs;

import dev.skelly.event.Audience;
import dev.skelly.event.ChannelTemplate;
import dev.skelly.event.EmitRule;
import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.FieldVisibility;
import dev.skelly.feature.SchemaName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Filters the event types for a caller: types that can reach the caller or that the caller may emit, without fields that are never shown. */
final class VisibleEventTypes {

    private final EventTypeRegistry eventTypes;
    private final List<EventType> types;

    VisibleEventTypes(ApiModel surface) {
        this.eventTypes = surface.eventTypes();
        this.types = surface.types();
    }

    /**
     * An event type as it is served.
     *
     * @param schema JSON Schema of the data, without the fields that this caller never sees
     * @param audience templates of its channels
     * @param sensitive fields that are encrypted in the log
     * @param emittable whether this caller may emit it
     * @param outcome whether its emitter is notified when all work is done
     * @param retentionDays how long its data is retained; null without limit
     */
    @SchemaName("EventType")
    record EventTypeView(
            String name,
            List<String> formerly,
            int version,
            String source,
            String meaning,
            Map<String, Object> schema,
            List<String> audience,
            List<String> sensitive,
            boolean emittable,
            boolean outcome,
            @Nullable Long retentionDays) {}

    /** The event types that a caller may see. */
    record EventTypeList(List<EventTypeView> items) {}

    /**
     * The properties of a caller that determine what it may see.
     *
     * @param roles empty for a caller without a session
     * @param emits names of the types that the caller may emit now
     * @param reads names of the types with a channel that the caller's roles may read now
     */
    record Knower(Set<String> roles, Set<String> emits, Set<String> reads) {}

    /**
     * Returns the properties of a caller now.
     *
     * @param granted whether the roles have a permission such as {@code emit:cart.abandoned}
     */
    Knower knower(Set<String> roles, Predicate<String> granted) {
        return new Knower(
                roles,
                names(type -> emits(type, roles, granted)),
                names(type -> type.audience().stream().anyMatch(template -> isGranted(template, granted))));
    }

    private Set<String> names(Predicate<EventType> chosen) {
        return types.stream().filter(chosen).map(EventType::name).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isGranted(ChannelTemplate template, Predicate<String> granted) {
        return some(template).filter(channel -> granted.test("read:" + channel)).isPresent();
    }

    /* Returns a channel of this template, which names no particular person. */
    private static Optional<String> some(ChannelTemplate template) {
        return template.fill(
                template.slots().stream().collect(Collectors.toMap(Function.identity(), slot -> "x")),
                Optional.empty());
    }

    /** Returns the types that such a caller may see. */
    EventTypeList knownTo(Knower knower) {
        return new EventTypeList(types.stream()
                .filter(type -> knows(type, knower))
                .map(type -> view(type, knower))
                .toList());
    }

    private boolean knows(EventType type, Knower knower) {
        return knower.emits().contains(type.name())
                || knower.reads().contains(type.name())
                || type.audience().stream().anyMatch(template -> reads(template, knower.roles()));
    }

    private static boolean emits(EventType type, Set<String> roles, Predicate<String> granted) {
        var emission = type.emission();
        return emission != null
                && (emission.by().contains(EmitRule.ANYONE)
                        || roles.stream().anyMatch(emission.by()::contains)
                        || granted.test("emit:" + type.name()));
    }

    private boolean reads(ChannelTemplate template, Set<String> roles) {
        var text = template.toString();
        if (roles.contains(Audience.ADMIN) || text.equals(Audience.PUBLIC)) {
            return true;
        }
        if (text.equals(ChannelTemplate.SELF) || text.startsWith("user:")) {
            return !roles.isEmpty();
        }
        return text.startsWith("role:")
                ? roles.stream().map(Audience::role).anyMatch(template::matches)
                : topic(template, roles);
    }

    /* Tells whether the registry lets these roles read some channel of this template. */
    private boolean topic(ChannelTemplate template, Set<String> roles) {
        return some(template)
                .filter(channel -> eventTypes.topics().stream().anyMatch(topic -> topic.admits(channel, "x", roles)))
                .isPresent();
    }

    private static EventTypeView view(EventType type, Knower knower) {
        var roles = knower.roles();
        var emits = knower.emits().contains(type.name());
        var readers = new ArrayList<>(roles);
        if (!roles.isEmpty()) {
            readers.add(FieldVisibility.SELF);
        }
        var hidden = emits ? Set.<String>of() : type.views().hiddenFrom(readers);
        var emission = type.emission();
        var retention = type.retention();
        return new EventTypeView(
                type.name(),
                type.formerly(),
                type.version(),
                type.source(),
                type.meaning(),
                without(type.schema(), hidden),
                type.audience().stream().map(String::valueOf).toList(),
                type.sensitive().stream()
                        .filter(field -> !hidden.contains(field))
                        .sorted()
                        .toList(),
                emits,
                emission != null && emission.outcome(),
                retention == null ? null : retention.toDays());
    }

    private static Map<String, Object> without(Map<String, Object> schema, Set<String> hidden) {
        if (hidden.isEmpty()) {
            return schema;
        }
        var narrowed = new LinkedHashMap<>(schema);
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            var seen = new LinkedHashMap<Object, Object>(properties);
            seen.keySet().removeAll(hidden);
            narrowed.put("properties", seen);
        }
        if (schema.get("required") instanceof List<?> required) {
            narrowed.put(
                    "required",
                    required.stream()
                            .filter(field -> !hidden.contains(String.valueOf(field)))
                            .toList());
        }
        return narrowed;
    }
}
