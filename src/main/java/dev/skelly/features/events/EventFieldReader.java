package dev.skelly.features.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Ids;
import dev.skelly.feature.Problem;
import dev.skelly.schema.JsonPointers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the fields of an event in JSON, and collects the errors. */
final class EventFieldReader {

    private final JsonNode event;
    private final List<FieldError> faults = new ArrayList<>();

    EventFieldReader(JsonNode event) {
        this.event = event;
        if (!event.isObject()) {
            throw Problem.invalid("#", "type", "must be of type object");
        }
    }

    /** Returns a required text; empty when it is missing. */
    String required(String name, int charactersMax) {
        var text = optional(name, charactersMax);
        if (text == null && !event.has(name)) {
            fault(name, "required", "must be given");
        }
        return text == null ? "" : text;
    }

    /** Checks that a required text is present. Its value is read elsewhere or ignored. */
    void requirePresent(String name) {
        if (!event.has(name)) {
            fault(name, "required", "must be given");
        } else if (!event.path(name).isTextual()) {
            fault(name, "type", "must be of type string");
        }
    }

    /** Returns an optional text. */
    @Nullable
    String optional(String name, int charactersMax) {
        var node = event.path(name);
        if (node.isMissingNode()) {
            return null;
        }
        if (!node.isTextual()) {
            fault(name, "type", "must be of type string");
            return null;
        }
        var text = node.textValue();
        if (text.isEmpty() || text.length() > charactersMax) {
            fault(name, "length", "must have 1 to " + charactersMax + " characters");
            return null;
        }
        return text;
    }

    /** Returns an optional id. */
    @Nullable
    UUID id(String name) {
        var text = optional(name, 100);
        if (text == null) {
            return null;
        }
        var id = Ids.read(text).orElse(null);
        if (id == null) {
            fault(name, "format", "must be a UUID");
        }
        return id;
    }

    void fault(String name, String code, String detail) {
        faults.add(new FieldError("#/" + name, code, detail));
    }

    /** Adds an error for each field that is not among these. */
    void noneBut(List<String> known) {
        event.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                fault(JsonPointers.token(name), "unknown", "is not a field here");
            }
        });
    }

    /** Throws when there are errors. */
    void check() {
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
    }
}
