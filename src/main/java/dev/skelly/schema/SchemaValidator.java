package dev.skelly.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.path.NodePath;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.FieldError;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Validates documents against a schema and reports all errors. Safe on any thread.
 *
 * <p>The library reports the place and the keyword. The messages are ours, so that they stay the same and state what was expected.
 */
public final class SchemaValidator {

    private static final int FAULTS_MAX = 100;
    private static final Set<String> CONTAINERS = Set.of(
            "properties", "items", "prefixItems", "allOf", "$ref"); // Their errors are those of what they contain.
    private static final FieldError TOO_COMPLEX = new FieldError(
            "#",
            "too-complex",
            "must take less work to validate (expected: shorter texts, fewer values or fewer at once)");

    private final JsonNode schema;
    private final Schema compiled;

    /**
     * Creates a validator of a schema.
     *
     * @throws IllegalArgumentException when the schema is invalid, refers to another one, or has a pattern that cannot be matched in linear
     *     time; when a text with a format or pattern may be longer than a thousand characters, or a list of unique items longer than 256
     */
    public SchemaValidator(BodySchema shape, JsonMapper json) {
        this.schema = json.valueToTree(shape.schema());
        requireBounds(schema);
        this.compiled = SchemaLibrary.compile(schema);
    }

    private static void requireBounds(JsonNode schema) {
        var matched =
                schema.path("format").isTextual() || schema.path("pattern").isTextual();
        if (matched && !ExactNumber.isAtMost(schema.path("maxLength"), ValueKeywords.TEXT_CHARS_MAX)) {
            throw new IllegalArgumentException("shape: a format or pattern without maxLength (expected: at most "
                    + ValueKeywords.TEXT_CHARS_MAX + ")");
        }
        if (schema.path("uniqueItems").asBoolean()
                && !ExactNumber.isAtMost(schema.path("maxItems"), ValueKeywords.UNIQUE_ITEMS_MAX)) {
            throw new IllegalArgumentException(
                    "shape: uniqueItems without maxItems (expected: at most " + ValueKeywords.UNIQUE_ITEMS_MAX + ")");
        }
        schema.forEach(SchemaValidator::requireBounds);
    }

    /** Returns all errors, a hundred at most; empty without any. For a thread that may be held for a second. */
    public List<FieldError> faults(JsonNode document) {
        return faults(document, ValidationBudget.ofRequest());
    }

    /**
     * Returns all errors, a hundred at most; empty without any.
     *
     * @param budget is used up
     * @throws ValidationTooLongException when it does not suffice and a larger one exists
     */
    public List<FieldError> faults(JsonNode document, ValidationBudget budget) {
        if (schema.isEmpty()) {
            return List.of();
        }
        var run = new ValidationRun(budget, FAULTS_MAX);
        try {
            compiled.validate(run, document);
        } catch (ValidationRun.Ended ended) {
            if (ended.tooLong()) {
                return tooLong(budget);
            }
        }
        return run.found().isEmpty() ? List.of() : faults(run.found());
    }

    private static List<FieldError> tooLong(ValidationBudget budget) {
        if (budget.last()) {
            return List.of(TOO_COMPLEX);
        }
        throw new ValidationTooLongException();
    }

    private List<FieldError> faults(Collection<Error> errors) {
        return withoutConsequences(errors.stream()
                .flatMap(error -> fault(error).stream())
                .limit(FAULTS_MAX)
                .collect(Collectors.toCollection(LinkedHashSet::new)));
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

    private Optional<FieldError> fault(Error error) {
        var keyword = error.getKeyword();
        var place = pointer(error.getInstanceLocation());
        return switch (keyword) {
            case "required" -> Optional.of(new FieldError(below(place, error), "required", "must be given"));
            case "additionalProperties" ->
                Optional.of(new FieldError(below(place, error), "unknown", "is not a field here"));
            default ->
                CONTAINERS.contains(keyword)
                        ? Optional.empty()
                        : Optional.of(new FieldError(
                                place, ErrorMessages.code(keyword), ErrorMessages.detail(keyword, around(error))));
        };
    }

    private static String below(String place, Error error) {
        return place + "/" + JsonPointers.token(error.getProperty());
    }

    private static String pointer(NodePath place) {
        var pointer = new StringBuilder("#");
        for (var step = 0; step < place.getNameCount(); step++) {
            Object name = place.getElement(step);
            pointer.append('/').append(JsonPointers.token(name.toString()));
        }
        return pointer.toString();
    }

    /* The schema that has the keyword. */
    private JsonNode around(Error error) {
        var place = error.getSchemaLocation().getFragment();
        var around = schema;
        for (var step = 0; step < place.getNameCount() - 1; step++) {
            Object name = place.getElement(step);
            around = name instanceof Integer index && around.isArray()
                    ? around.path(index)
                    : around.path(name.toString());
        }
        return around;
    }
}
