package dev.skelly.event;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One kind of event, as the catalogue knows it.
 *
 * @param name the stored name, e.g. {@code user.registered}
 * @param formerly older names of the same type, possibly none
 * @param source where it comes from, as a CloudEvents source, e.g. {@code /skelly/accounts}
 * @param shape the record that carries its data
 */
public record EventType(String name, List<String> formerly, String source, Class<? extends Event> shape) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)+");

    /** Refuses a name that is not lower-case words joined by dots, or that belongs to the stream's own control events. */
    public EventType {
        if (!NAME.matcher(name).matches() || name.startsWith("skelly.")) {
            throw new IllegalArgumentException(
                    "event name: " + name + " (expected: subject.verb in lower case, not skelly.…)");
        }
        formerly = List.copyOf(formerly);
    }
}
