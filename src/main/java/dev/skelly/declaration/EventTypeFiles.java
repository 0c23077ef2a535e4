package dev.skelly.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.config.YamlFiles;
import dev.skelly.event.ChannelTemplate;
import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Json;
import dev.skelly.event.Sha256;
import dev.skelly.event.Topic;
import dev.skelly.event.Upcast;
import dev.skelly.feature.FieldError;
import dev.skelly.schema.CanonicalJson;
import dev.skelly.schema.SchemaValidator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads declarations from files, and collects all errors in them. Not thread-safe. */
public final class EventTypeFiles {

    private static final String APPLICATION = "/skelly/application";

    private final JsonMapper json = Json.mapper();
    private final SchemaValidator shape = new SchemaValidator(DeclarationFileSchema.FILE, json);
    private final SchemaValidator topicShape = new SchemaValidator(DeclarationFileSchema.TOPIC, json);
    private final SchemaValidator typeShape = new SchemaValidator(DeclarationFileSchema.TYPE, json);
    private final List<EventType> types = new ArrayList<>();
    private final List<Topic> topics = new ArrayList<>();
    private final List<Upcast> upcasts = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final YamlFiles yaml = new YamlFiles(faults::add);
    private final Map<String, String> places = new HashMap<>(); // The file of each declared name.
    private final List<String> texts = new ArrayList<>(); // Of each type and topic.

    /** Reads every {@code .yaml} and {@code .yml} file of a folder, ordered by name. A missing folder counts as empty. */
    @CanIgnoreReturnValue
    public EventTypeFiles folder(Path folder) {
        yaml.folder(folder, (file, document) -> read(file, APPLICATION, document));
        return this;
    }

    /**
     * Reads a file of a feature's jar. A missing file is an error like those in it.
     *
     * @param source of the events, e.g. {@code /skelly/tracking}
     * @param name e.g. {@code /events/tracking.yaml}; without the first slash relative to the package of the owner
     * @param owner a class of the jar
     */
    @CanIgnoreReturnValue
    public EventTypeFiles resource(String source, String name, Class<?> owner) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                faults.add(name + ": is missing (expected: a file in the jar of " + owner.getName() + ")");
            } else {
                yaml.text(
                        name,
                        new String(in.readAllBytes(), StandardCharsets.UTF_8),
                        (file, document) -> read(file, source, document));
            }
        } catch (IOException e) {
            faults.add(name + ": cannot be read (expected: a file in the jar of " + owner.getName() + ")");
        }
        return this;
    }

    private void read(String file, String source, JsonNode document) {
        var found = new ArrayList<>(shape.faults(document));
        each(document, "types", (declared, pointer) -> type(file, source, declared, pointer, found));
        each(document, "topics", (declared, pointer) -> topic(declared, pointer, found));
        each(document, "types", (declared, pointer) -> texts.add(CanonicalJson.text(declared)));
        each(document, "topics", (declared, pointer) -> texts.add(CanonicalJson.text(declared)));
        found.forEach(fault -> faults.add(file + ": " + fault.pointer() + " " + fault.detail()));
    }

    private static void each(JsonNode document, String name, BiConsumer<JsonNode, String> reading) {
        var list = document.path(name);
        for (var index = 0; list.isArray() && index < list.size(); index++) {
            reading.accept(list.get(index), "#/" + name + "/" + index);
        }
    }

    /* Keeps the readable part of an invalid type, because other types are checked against it. */
    private void type(String file, String source, JsonNode declared, String pointer, List<FieldError> found) {
        var misshapen = typeShape.faults(declared).stream()
                .map(fault -> fault.below(pointer))
                .toList();
        var reader = new EventTypeReader(json, source, declared, pointer, misshapen);
        reader.read(found).filter(type -> isNew(type, file, pointer, found)).ifPresent(type -> {
            types.add(type);
            upcasts.addAll(reader.upcasts());
        });
    }

    /* The registry reports names that records of features have too. */
    private boolean isNew(EventType type, String file, String pointer, List<FieldError> found) {
        var before = found.size();
        Stream.concat(Stream.of(type.name()), type.formerly().stream()).forEach(name -> {
            var other = places.putIfAbsent(name, file + ": " + pointer);
            if (other != null) {
                found.add(new FieldError(
                        pointer, "name", "has the name " + name + " of " + other + " (expected: another)"));
            }
        });
        return found.size() == before;
    }

    private void topic(JsonNode rule, String pointer, List<FieldError> found) {
        var misshapen = topicShape.faults(rule);
        misshapen.forEach(fault -> found.add(fault.below(pointer)));
        if (misshapen.stream().anyMatch(new FieldError("#/pattern", "", "")::isWithin)) {
            return;
        }
        try {
            var pattern = ChannelTemplate.of(rule.path("pattern").asText());
            topics.add(new Topic(
                    pattern,
                    roles(rule.path("read")),
                    rule.has("signal") ? roles(rule.path("signal")) : null,
                    rule.has("presence") ? roles(rule.path("presence")) : null));
        } catch (IllegalArgumentException fault) {
            found.add(new FieldError(pointer + "/pattern", "topic", String.valueOf(fault.getMessage())));
        }
    }

    private static Set<String> roles(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    }

    /** Returns a digest of all types and topics, whatever the files, the comments and the order. */
    public String digest() {
        return Sha256.of(String.join("\n", texts.stream().sorted().toList()));
    }

    /** Returns all errors, one per line. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /**
     * Returns all declarations.
     *
     * @throws IllegalArgumentException with all errors, if any
     */
    public EventTypeRegistry.Declared declared() {
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
        return found();
    }

    /**
     * Returns the readable part: invalid types have only names and versions. It serves to find errors between types, and must not be used when
     * there are errors.
     */
    public EventTypeRegistry.Declared found() {
        return new EventTypeRegistry.Declared(types, topics, upcasts);
    }
}
