package dev.skelly.features.projections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.event.StoredEvent;
import dev.skelly.feature.Command;
import java.util.List;

/** Collects what a replay to a worker does, or would do: numbers, and the first cases. Not thread-safe. */
final class ReplayReport {

    private static final int SHOWN = 100;

    private final JsonMapper json;
    private final ObjectNode tree;

    /** Continues a report. */
    ReplayReport(JsonMapper json, JsonNode former) {
        this.json = json;
        this.tree = former instanceof ObjectNode begun ? begun.deepCopy() : json.createObjectNode();
    }

    JsonNode tree() {
        return tree;
    }

    /**
     * Counts an event and its commands.
     *
     * @param dryRun whether to show the commands
     */
    void handled(StoredEvent event, List<Command<?>> commands, boolean dryRun) {
        count(tree.withObjectProperty("types"), event.type());
        commands.forEach(command ->
                count(tree.withObjectProperty("commands"), command.getClass().getSimpleName()));
        if (dryRun && shown("sample")) {
            var shown = entry("sample", event).putArray("commands");
            commands.forEach(command -> shown.addObject()
                    .put("name", command.getClass().getSimpleName())
                    .set("values", json.valueToTree(command)));
        }
    }

    /** Counts an event that the worker, or a command, has refused. */
    void refused(StoredEvent event, String why) {
        count(tree, "refused");
        if (shown("refusals")) {
            entry("refusals", event).put("why", why);
        }
    }

    private static void count(ObjectNode in, String name) {
        in.put(name, in.path(name).asLong() + 1);
    }

    private boolean shown(String list) {
        return tree.path(list).size() < SHOWN;
    }

    private ObjectNode entry(String list, StoredEvent event) {
        ArrayNode entries = tree.withArrayProperty(list);
        return entries.addObject()
                .put("position", event.position())
                .put("type", event.type())
                .put("subject", event.subject());
    }
}
