package dev.skelly.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordType;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.util.List;

/** A keyword of the library whose work grows with the size of its value or of the document, counted before it is done. */
record MeteredKeyword(KeywordType type, Costs costs) implements Keyword {

    private static final int CHARS_OF_A_STEP = 64;
    private static final int STATES_OF_A_STEP = 4;

    /** Reads the value of a keyword. */
    @FunctionalInterface
    interface Costs {

        /** Returns the cost of a keyword in a schema. */
        Cost read(JsonNode value, JsonNode schema);
    }

    /** Returns the number of steps for a value of a document. */
    @FunctionalInterface
    interface Cost {

        /** Returns the number of steps. */
        long of(JsonNode value);
    }

    /** Returns all of them. */
    static List<Keyword> all() {
        return List.of(
                new MeteredKeyword(KeywordType.PROPERTIES, (fields, schema) -> ofObjects(fields.size())),
                new MeteredKeyword(KeywordType.REQUIRED, (fields, schema) -> ofObjects(fields.size())),
                new MeteredKeyword(KeywordType.DEPENDENT_REQUIRED, (fields, schema) -> ofObjects(leaves(fields))),
                new MeteredKeyword(KeywordType.ADDITIONAL_PROPERTIES, (value, schema) -> names(schema)),
                new MeteredKeyword(KeywordType.PATTERN_PROPERTIES, (value, schema) -> names(schema)),
                new MeteredKeyword(KeywordType.PROPERTY_NAMES, (value, schema) -> JsonNode::size),
                new MeteredKeyword(KeywordType.ITEMS, (value, schema) -> JsonNode::size),
                new MeteredKeyword(KeywordType.PREFIX_ITEMS, (value, schema) -> JsonNode::size),
                new MeteredKeyword(KeywordType.CONTAINS, (value, schema) -> JsonNode::size),
                new MeteredKeyword(KeywordType.MIN_LENGTH, (value, schema) -> MeteredKeyword::length),
                new MeteredKeyword(KeywordType.MAX_LENGTH, (value, schema) -> MeteredKeyword::length));
    }

    private static Cost ofObjects(int fields) {
        return value -> value.isObject() ? fields : 0;
    }

    private static int leaves(JsonNode lists) {
        return lists.valueStream().mapToInt(JsonNode::size).sum();
    }

    private static long length(JsonNode value) {
        return value.isTextual() ? value.textValue().length() / CHARS_OF_A_STEP : 0;
    }

    /* Each name is matched with each pattern beside. */
    private static Cost names(JsonNode schema) {
        var states = 0L;
        for (var pattern : schema.path("patternProperties").properties()) {
            states += LinearPattern.of(pattern.getKey()).size();
        }
        var all = states;
        return value -> {
            var steps = (long) value.size();
            if (all > 0) {
                for (var field : value.properties()) {
                    steps += field.getKey().length() * all / STATES_OF_A_STEP;
                }
            }
            return steps;
        };
    }

    @Override
    public String getValue() {
        return type.getValue();
    }

    @Override
    public KeywordValidator newValidator(SchemaLocation location, JsonNode value, Schema parent, SchemaContext context)
            throws Exception {
        return new CountedValidator(
                type.newValidator(location, value, parent, context), costs.read(value, parent.getSchemaNode()));
    }

    private record CountedValidator(KeywordValidator counted, Cost cost) implements KeywordValidator {

        @Override
        public void validate(ExecutionContext context, JsonNode value, JsonNode document, NodePath place) {
            ValidationRun.charge(context, cost.of(value));
            counted.validate(context, value, document, place);
        }

        @Override
        public String getKeyword() {
            return counted.getKeyword();
        }

        @Override
        public SchemaLocation getSchemaLocation() {
            return counted.getSchemaLocation();
        }

        @Override
        public void preloadSchema() {
            counted.preloadSchema();
        }
    }
}
