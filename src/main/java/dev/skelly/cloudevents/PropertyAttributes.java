package dev.skelly.cloudevents;

import java.util.Date;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Attributes in AMQP application properties, native or as text. An empty one counts as absent. */
final class PropertyAttributes extends CloudEventReader {

    private static final String OLD_PREFIX = "cloudEvents:";

    private final Map<?, ?> properties;

    PropertyAttributes(Map<?, ?> properties) {
        super("", Integer.MAX_VALUE);
        this.properties = properties;
    }

    @Override
    @Nullable
    Object value(String name) {
        var value = properties.get(CloudEventProperties.PREFIX + name);
        var either = value == null ? properties.get(OLD_PREFIX + name) : value;
        return either == null || either.toString().isEmpty() ? null : either;
    }

    @Override
    @Nullable
    String text(String name, Object value) {
        var text = value instanceof Date date ? date.toInstant().toString() : value.toString();
        if (text.indexOf('\0') >= 0) {
            fault(name, "character", "must be text without the NUL character");
            return null;
        }
        return text;
    }
}
