package dev.skelly.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordType;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;

/** A keyword that is checked here and not by the library. */
record SchemaKeyword(KeywordType type, Rules rules) implements Keyword {

    /** Reads the value of a keyword. */
    @FunctionalInterface
    interface Rules {

        /**
         * Returns the rule of a keyword.
         *
         * @param value of the keyword
         * @param schema that has the keyword
         * @throws IllegalArgumentException when the value is unsuitable
         */
        Rule read(JsonNode value, JsonNode schema);
    }

    /** Decides whether a value is valid. Values to which a keyword does not apply are. */
    @FunctionalInterface
    interface Rule {

        /** Returns whether a value is valid, and counts the work. */
        boolean allows(JsonNode value, ExecutionContext context);
    }

    @Override
    public String getValue() {
        return type.getValue();
    }

    @Override
    public KeywordValidator newValidator(
            SchemaLocation location, JsonNode value, Schema parent, SchemaContext context) {
        try {
            return new RuleValidator(this, location, value, parent, context);
        } catch (IllegalArgumentException unsuitable) { // The library logs exceptions that it does not know.
            throw new SchemaException(unsuitable);
        }
    }

    private static final class RuleValidator extends BaseKeywordValidator {

        private final Rule rule;

        RuleValidator(
                SchemaKeyword keyword, SchemaLocation location, JsonNode value, Schema parent, SchemaContext context) {
            super(keyword, value, location, parent, context);
            this.rule = keyword.rules().read(value, parent.getSchemaNode());
        }

        @Override
        public void validate(ExecutionContext context, JsonNode value, JsonNode document, NodePath place) {
            if (!rule.allows(value, context)) {
                context.addError(error().instanceNode(value)
                        .instanceLocation(place)
                        .evaluationPath(context.getEvaluationPath())
                        .build());
            }
        }
    }
}
