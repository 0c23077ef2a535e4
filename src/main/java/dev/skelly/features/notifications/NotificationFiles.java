package dev.skelly.features.notifications;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.config.InvalidSettingsException;
import dev.skelly.config.YamlFiles;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Json;
import dev.skelly.feature.FieldError;
import dev.skelly.schema.SchemaValidator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the operator's declarations of notifications, and collects all errors in them. Not thread-safe. */
final class NotificationFiles {

    private final SchemaValidator fileShape = new SchemaValidator(NotificationFileSchema.FILE, Json.mapper());
    private final SchemaValidator kindShape = new SchemaValidator(NotificationFileSchema.KIND, Json.mapper());
    private final EventTypeRegistry types;
    private final String language;
    private final List<NotificationKind> kinds = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Map<String, String> places = new HashMap<>(); // The place of each declared name.

    private NotificationFiles(EventTypeRegistry types, String language) {
        this.types = types;
        this.language = language;
    }

    /**
     * Reads a folder.
     *
     * @param types the event types that may be named
     * @param language tag of the language that each declaration must have
     * @throws InvalidSettingsException with every error of every file, each with its file and a JSON pointer
     */
    static List<NotificationKind> read(Path folder, EventTypeRegistry types, String language) {
        var files = new NotificationFiles(types, language);
        new YamlFiles(files.faults::add).folder(folder, files::file);
        if (!files.faults.isEmpty()) {
            throw new InvalidSettingsException(files.faults);
        }
        return List.copyOf(files.kinds);
    }

    private void file(String file, JsonNode document) {
        var found = new ArrayList<>(fileShape.faults(document));
        var list = document.path("notifications");
        for (var index = 0; list.isArray() && index < list.size(); index++) {
            kind(file, list.get(index), "#/notifications/" + index, found);
        }
        found.forEach(fault -> faults.add(file + ": " + fault.pointer() + " " + fault.detail()));
    }

    private void kind(String file, JsonNode declared, String pointer, List<FieldError> found) {
        var misshapen = kindShape.faults(declared);
        var reader = new NotificationKindReader(types, language, declared);
        var kind = reader.read();
        misshapen.forEach(fault -> found.add(fault.below(pointer)));
        reader.faults().stream()
                .filter(fault -> misshapen.stream().noneMatch(fault::isWithin))
                .forEach(fault -> found.add(fault.below(pointer)));
        var name = declared.path("kind").asText();
        var other = name.isEmpty() ? null : places.putIfAbsent(name, file + ": " + pointer);
        if (other != null) {
            found.add(new FieldError(
                    pointer + "/kind", "name", "has the name " + name + " of " + other + " (expected: another)"));
        }
        kind.ifPresent(kinds::add);
    }
}
