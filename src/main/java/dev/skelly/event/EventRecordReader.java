package dev.skelly.event;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads an event type from a feature's record and its annotations. */
final class EventRecordReader {

    private static final Set<String> SENSITIVE_READERS = Set.of(FieldVisibility.SELF, Audience.ADMIN);

    private EventRecordReader() {}

    /**
     * Reads the type of a record.
     *
     * @throws IllegalArgumentException when something is missing or malformed
     */
    static EventType of(String source, Class<? extends Event> shape) {
        var name = require(EventName.class, shape.getAnnotation(EventName.class));
        var means = require(Description.class, shape.getAnnotation(Description.class));
        var seenBy = require(Channels.class, seenBy(shape));
        return new EventType(
                name.value(),
                List.of(name.formerly()),
                source,
                means.value(),
                name.version(),
                DataSchema.of(shape),
                Arrays.stream(seenBy.value()).map(ChannelTemplate::of).toList(),
                views(shape),
                sensitive(shape),
                null,
                retention(shape),
                shape);
    }

    private static <A> A require(Class<A> annotation, @Nullable A found) {
        if (found == null) {
            throw new IllegalArgumentException("no @" + annotation.getSimpleName());
        }
        return found;
    }

    /* Returns the record's own annotation, or that of the nearest family it belongs to. */
    private static @Nullable Channels seenBy(Class<?> shape) {
        var own = shape.getAnnotation(Channels.class);
        return own != null
                ? own
                : Arrays.stream(shape.getInterfaces())
                        .flatMap(family -> Optional.ofNullable(seenBy(family)).stream())
                        .findFirst()
                        .orElse(null);
    }

    private static FieldVisibility views(Class<?> shape) {
        var shownTo = new LinkedHashMap<String, Set<String>>();
        for (var component : shape.getRecordComponents()) {
            readers(component).ifPresent(readers -> shownTo.put(component.getName(), readers));
        }
        return new FieldVisibility(Map.copyOf(shownTo));
    }

    private static Optional<Set<String>> readers(RecordComponent component) {
        var shown = component.getAnnotation(VisibleTo.class);
        if (shown != null) {
            return Optional.of(Set.of(shown.value()));
        }
        return component.isAnnotationPresent(Sensitive.class) ? Optional.of(SENSITIVE_READERS) : Optional.empty();
    }

    private static Set<String> sensitive(Class<?> shape) {
        return Arrays.stream(shape.getRecordComponents())
                .filter(component -> component.isAnnotationPresent(Sensitive.class))
                .map(RecordComponent::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable Duration retention(Class<?> shape) {
        var kept = shape.getAnnotation(Retention.class);
        return kept == null ? null : Duration.ofDays(kept.days());
    }
}
