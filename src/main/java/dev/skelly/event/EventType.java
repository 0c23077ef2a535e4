package dev.skelly.event;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One type of event, as registered in the {@link EventTypeRegistry}. All documents about the type are generated from this record.
 *
 * @param name the stored name, e.g. {@code user.registered}
 * @param formerly older names of the same type, may be empty
 * @param source CloudEvents source, e.g. {@code /skelly/accounts}
 * @param meaning a sentence for readers
 * @param version of the data format, starting at 1
 * @param schema JSON Schema (2020-12) of the data of this version, as plain maps and lists
 * @param audience templates of every channel it may go to
 * @param views which fields each reader sees
 * @param sensitive top-level fields that are encrypted in the log
 * @param emission how clients emit it; null when only the program itself appends it
 * @param retention how long its data is kept; null for ever
 * @param shape the record that carries its data; null for a type that is declared in a file
 */
public record EventType(
        String name,
        List<String> formerly,
        String source,
        String meaning,
        int version,
        Map<String, Object> schema,
        List<ChannelTemplate> audience,
        FieldVisibility views,
        Set<String> sensitive,
        @Nullable EmitRule emission,
        @Nullable Duration retention,
        @Nullable Class<? extends Event> shape) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)+");
    private static final int NAME_CHARS_MAX = 100;

    /**
     * Rejects a name that is not lower-case words joined by dots, a name reserved for the stream's control events, and sensitive fields
     * that a channel would show.
     */
    public EventType {
        requireName(name);
        formerly.forEach(EventType::requireName);
        formerly = List.copyOf(formerly);
        audience = List.copyOf(audience);
        sensitive = Set.copyOf(sensitive);
        if (version < 1) {
            throw new IllegalArgumentException("version: " + version + " (expected: 1 or more)");
        }
        if (retention != null && retention.toDays() < 1) {
            throw new IllegalArgumentException("retention: " + retention + " (expected: at least a day)");
        }
        var open = SensitiveFieldRules.open(sensitive, audience, emission == null ? null : emission.subject());
        if (!open.isEmpty()) {
            throw new IllegalArgumentException("sensitive: " + String.join("; ", open));
        }
    }

    /**
     * Checks that a type may have, or may have had, this name.
     *
     * @throws IllegalArgumentException for an invalid name
     */
    public static void requireName(String name) {
        if (name.length() > NAME_CHARS_MAX || !NAME.matcher(name).matches() || name.startsWith("skelly.")) {
            throw new IllegalArgumentException(
                    "event name: " + name + " (expected: subject.verb in lower case, not skelly.…)");
        }
    }

    /** Returns the constant's name in generated code: {@code USER_REGISTERED}. */
    public String constant() {
        return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Returns whether an event of this type may go to a channel. */
    public boolean reaches(String channel) {
        return audience.stream().anyMatch(template -> template.matches(channel));
    }

    /** Returns the top-level fields of the data. */
    public Set<String> fields() {
        return schema.get("properties") instanceof Map<?, ?> properties
                ? properties.keySet().stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }
}
