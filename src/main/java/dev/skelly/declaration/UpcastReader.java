package dev.skelly.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.event.Upcast;
import java.util.List;

/** Converts declared steps between versions into upcasts. */
final class UpcastReader {

    private UpcastReader() {}

    /** Returns the upcasts of a type. */
    static List<Upcast> read(JsonNode type) {
        var name = type.path("name").asText();
        return type.path("upcasts")
                .valueStream()
                .map(step -> new Upcast(name, step.path("from").asInt(), data -> apply(step, data)))
                .toList();
    }

    private static ObjectNode apply(JsonNode step, ObjectNode data) {
        step.path("rename").properties().forEach(rename -> {
            var value = data.remove(rename.getKey());
            if (value != null) {
                data.set(rename.getValue().asText(), value);
            }
        });
        step.path("default").properties().forEach(field -> {
            if (!data.has(field.getKey())) {
                data.set(field.getKey(), field.getValue().deepCopy());
            }
        });
        step.path("remove").valueStream().forEach(field -> data.remove(field.asText()));
        return data;
    }
}
