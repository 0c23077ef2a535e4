package dev.skelly.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.event.EventType;
import dev.skelly.event.Json;
import dev.skelly.event.StoredEvent;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is to be shown: under its present name and version, with what its views need to know. Made once an event.
 *
 * @param event in its present form; as it is stored where this node does not know its type
 * @param type null where this node does not know it, or cannot read the data: then it is for administrators only
 * @param about the person whom it is about; null for nobody
 */
public record PresentedEvent(
        StoredEvent event,
        @Nullable EventType type,
        @Nullable UUID about) {

    private static final JsonMapper JSON = Json.mapper();

    /** Whether every reader who may see it at all sees the whole. */
    public boolean open() {
        return type != null && type.views().open();
    }

    /**
     * Its data without some top-level fields.
     *
     * @throws IllegalStateException when fields are to be hidden in what is no JSON object
     */
    public String dataWithout(Set<String> hidden) {
        if (hidden.isEmpty()) {
            return event.data();
        }
        try {
            if (JSON.readTree(event.data()) instanceof ObjectNode fields) {
                return JSON.writeValueAsString(fields.remove(hidden));
            }
            throw new IllegalStateException("data of " + event.type() + " is no object");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("data of " + event.type() + " is no JSON", e);
        }
    }

    /** The event with its data as a view shows it. */
    public StoredEvent without(Set<String> hidden) {
        return hidden.isEmpty() ? event : event.as(event.type(), event.version(), dataWithout(hidden));
    }
}
