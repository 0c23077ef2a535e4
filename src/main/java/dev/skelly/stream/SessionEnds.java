package dev.skelly.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Envelope;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the sign-ins and accounts whose streams an event ends, and remembers the newest, so that a browser that comes back with the
 * cookie of an ended sign-in can be told to stop. Safe on any thread.
 */
final class SessionEnds {

    private static final Logger LOGGER = LoggerFactory.getLogger(SessionEnds.class);
    private static final int REMEMBERED_MAX = 10_000;

    private final Map<String, List<String>> fieldsByType;
    private final JsonMapper json;
    private final Map<UUID, Boolean> remembered = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    SessionEnds(Collection<SessionEnd> ends, JsonMapper json) {
        this.fieldsByType = ends.stream()
                .collect(Collectors.groupingBy(
                        SessionEnd::type, Collectors.mapping(SessionEnd::field, Collectors.toList())));
        this.json = json;
    }

    /** Whose streams this event ends; none for most events. */
    List<UUID> endedBy(Envelope event) {
        var fields = fieldsByType.get(event.type());
        if (fields == null) {
            return List.of();
        }
        var ended = fields.stream().flatMap(field -> id(event, field).stream()).toList();
        remember(ended);
        return ended;
    }

    private Optional<UUID> id(Envelope event, String field) {
        try {
            var value = json.readTree(event.data()).path(field);
            return value.isTextual() ? Optional.of(UUID.fromString(value.textValue())) : Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            LOGGER.atWarn()
                    .addKeyValue("event", event.id())
                    .addKeyValue("field", field)
                    .log("an event that ends streams names no id");
            return Optional.empty();
        }
    }

    private void remember(List<UUID> ended) {
        synchronized (remembered) {
            ended.forEach(id -> remembered.put(id, true));
        }
    }

    /** Whether this sign-in's streams were ended not long ago. */
    boolean hasEnded(UUID signIn) {
        synchronized (remembered) {
            return remembered.containsKey(signIn);
        }
    }
}
