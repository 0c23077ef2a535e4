package dev.skelly.schema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.FieldError;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Validates a document against a schema and reports all errors. Confined to one thread.
 *
 * <p>The library reports the place and the keyword. The messages are ours, so that they stay the same and state what was expected.
 */
public final class SchemaValidator {

    private static final int FAULTS_MAX = 100;
    private static final int PATTERN_CHARS_MAX =
            1_000; // The maximum length of a text that a regular expression is matched with.
    private static final Set<String> CONTAINERS = Set.of("properties", "items", "prefixItems", "allOf", "$ref");

    private final JsonNode schema;
    private final ValidationBounds bounds;
    private final boolean unique; // Whether any list must have unique items.
    private final Validator validator;
    private final Validator
            quick; // Reports only whether there are errors, which is much cheaper: nearly all documents are valid.

    /**
     * Creates a validator of a schema.
     *
     * @throws IllegalArgumentException when a text with a format or pattern may be longer than a thousand characters, or a list of unique
     *     items longer than 256
     */
    public SchemaValidator(BodySchema shape, JsonMapper json) {
        this.schema = json.valueToTree(shape.schema());
        requireBounds(schema);
        this.bounds = ValidationBounds.of(schema);
        this.unique = !schema.findValues("uniqueItems").isEmpty();
        this.validator = validator(OutputFormat.Basic);
        this.quick = validator(OutputFormat.Flag);
    }

    private Validator validator(OutputFormat output) {
        return Validator.create(
                JsonSchema.of(new JsonObject(schema.toString())),
                new JsonSchemaOptions()
                        .setBaseUri("https://skelly.invalid/shape")
                        .setDraft(Draft.DRAFT202012)
                        .setOutputFormat(output));
    }

    private static void requireBounds(JsonNode schema) {
        var matched =
                schema.path("format").isTextual() || schema.path("pattern").isTextual();
        if (matched && schema.path("maxLength").asInt(Integer.MAX_VALUE) > PATTERN_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "shape: a format or pattern without maxLength (expected: at most " + PATTERN_CHARS_MAX + ")");
        }
        if (schema.path("uniqueItems").asBoolean()
                && schema.path("maxItems").asInt(Integer.MAX_VALUE) > ValidationBounds.UNIQUE_ITEMS_MAX) {
            throw new IllegalArgumentException("shape: uniqueItems without maxItems (expected: at most "
                    + ValidationBounds.UNIQUE_ITEMS_MAX + ")");
        }
        schema.forEach(SchemaValidator::requireBounds);
    }

    /** Returns all errors, in the order of the schema; empty without any. */
    public List<FieldError> faults(JsonNode document) {
        if (schema.isEmpty()) {
            return List.of();
        }
        var tooLong = tooLong(document);
        var plain = ValidatedDocument.of(document, bounds);
        if (tooLong.isEmpty() && Boolean.TRUE.equals(quick.validate(plain).getValid())) {
            return List.of();
        }
        var errors = Optional.ofNullable(validator.validate(plain).getErrors()).orElse(List.of());
        var faults = errors.stream()
                .flatMap(error -> faults(error, document))
                .limit(FAULTS_MAX)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        tooLong.stream()
                .filter(list -> faults.stream().noneMatch(said -> alike(said, list)))
                .toList()
                .forEach(faults::add);
        return withoutConsequences(faults);
    }

    /* The library compares each item with each other, even when another keyword limits the list's length. */
    private List<FieldError> tooLong(JsonNode document) {
        var places = new ArrayList<String>();
        if (unique) {
            bounds.tooLong(document, "#", places);
        }
        var detail = "must have at most " + ValidationBounds.UNIQUE_ITEMS_MAX + " items";
        return places.stream()
                .map(place -> new FieldError(place, "max-items", detail))
                .toList();
    }

    /* A wrong type hides all other errors of a value, and other errors hide that of a pattern. */
    private static List<FieldError> withoutConsequences(Set<FieldError> faults) {
        return faults.stream()
                .filter(fault -> faults.stream()
                        .noneMatch(other -> other.pointer().equals(fault.pointer()) && saysMore(other, fault)))
                .toList();
    }

    private static boolean saysMore(FieldError other, FieldError fault) {
        return (other.code().equals("type") && !fault.code().equals("type"))
                || (fault.code().equals("pattern") && !other.code().equals("pattern"));
    }

    private static boolean alike(FieldError one, FieldError other) {
        return one.pointer().equals(other.pointer()) && one.code().equals(other.code());
    }

    private Stream<FieldError> faults(OutputUnit error, JsonNode document) {
        var place = ValidatedDocument.original(JsonPointers.read(error.getInstanceLocation()));
        var keywordPlace = JsonPointers.read(error.getKeywordLocation());
        var keyword = keywordPlace.last().getMatchingProperty();
        var around = schema.at(keywordPlace.head());
        if (CONTAINERS.contains(keyword)) {
            return Stream.empty();
        }
        return switch (keyword) {
            case "required" -> missing(place, around.path(keyword), document.at(place));
            case "additionalProperties" -> unknown(place, around);
            default ->
                Stream.of(new FieldError(
                        JsonPointers.write(place), ErrorMessages.code(keyword), ErrorMessages.detail(keyword, around)));
        };
    }

    private static Stream<FieldError> missing(JsonPointer place, JsonNode required, JsonNode object) {
        return StreamSupport.stream(required.spliterator(), false)
                .map(JsonNode::textValue)
                .filter(name -> object.path(name) instanceof MissingNode)
                .map(name -> new FieldError(
                        JsonPointers.write(place) + "/" + JsonPointers.token(name), "required", "must be given"));
    }

    /* The library reports this also for a known field with an invalid value. */
    private static Stream<FieldError> unknown(JsonPointer place, JsonNode around) {
        var name = place.last().getMatchingProperty();
        return around.path("properties").has(name)
                ? Stream.empty()
                : Stream.of(new FieldError(JsonPointers.write(place), "unknown", "is not a field here"));
    }
}
