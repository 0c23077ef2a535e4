package dev.skelly.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.event.EventType;
import dev.skelly.event.Json;
import dev.skelly.event.StoredEvent;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event in the form in which it is shown: under its current name and version, with the data that its views need. Created once per event.
 *
 * @param event in its current form; as stored when this node does not know its type
 * @param type null when this node does not know it, or cannot read the data: then only administrators see the event
 * @param about the person whom it is about; null if there is none
 */
public record PresentedEvent(
        StoredEvent event,
        @Nullable EventType type,
        @Nullable UUID about) {

    private static final JsonMapper JSON = Json.mapper();

    /** Returns whether every reader who may see the event sees all its fields. */
    public boolean open() {
        return type != null && type.views().open();
    }

    /**
     * Returns its data without some top-level fields.
     *
     * @throws IllegalStateException when fields are to be hidden and the data is not a JSON object
     */
    public String dataWithout(Set<String> hidden) {
        if (hidden.isEmpty()) {
            return event.data();
        }
        try {
            if (JSON.readTree(event.data()) instanceof ObjectNode fields) {
                return JSON.writeValueAsString(fields.remove(hidden));
            }
            throw new IllegalStateException("data of " + event.type() + " is not a JSON object");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("data of " + event.type() + " is not valid JSON", e);
        }
    }

    /** Returns the event with its data as a view shows it, and without the channels whose names would show a hidden field. */
    public StoredEvent without(Set<String> hidden) {
        return hidden.isEmpty()
                ? event
                : event.as(event.type(), event.version(), dataWithout(hidden)).on(channelsWithout(hidden));
    }

    private List<String> channelsWithout(Set<String> hidden) {
        var shown = type;
        return shown == null
                ? event.channels()
                : event.channels().stream()
                        .filter(channel -> tells(shown, channel, hidden))
                        .toList();
    }

    /* A channel of a former audience may hold any field. */
    private static boolean tells(EventType type, String channel, Set<String> hidden) {
        var templates = type.audience().stream()
                .filter(template -> template.matches(channel))
                .toList();
        return !templates.isEmpty()
                && templates.stream().allMatch(template -> Collections.disjoint(template.slots(), hidden));
    }
}
