package dev.skelly.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.AnyOfValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordType;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.keyword.OneOfValidator;
import com.networknt.schema.path.NodePath;
import java.util.List;

/** The alternatives of a schema, of which the library reports an error of its own only in part. */
final class AlternativeKeywords {

    private AlternativeKeywords() {}

    /** Returns all of them. */
    static List<Keyword> all() {
        return List.of(new AnyOf(), new OneOf());
    }

    private static final class AnyOf extends AbstractKeyword {

        AnyOf() {
            super(KeywordType.ANY_OF.getValue());
        }

        @Override
        public KeywordValidator newValidator(
                SchemaLocation location, JsonNode value, Schema parent, SchemaContext context) {
            return new AnyOfValidator(location, value, parent, context) {

                /* Adds the error that no alternative is satisfied to the errors of the alternatives. */
                @Override
                protected void validate(
                        ExecutionContext run, JsonNode node, JsonNode document, NodePath place, boolean walk) {
                    var before = run.getErrors().size();
                    super.validate(run, node, document, place, walk);
                    if (run.getErrors().size() > before) {
                        run.addError(error().instanceNode(node)
                                .instanceLocation(place)
                                .evaluationPath(run.getEvaluationPath())
                                .build());
                    }
                }
            };
        }
    }

    private static final class OneOf extends AbstractKeyword {

        private static final String SEVERAL = "oneOf.indexes";

        OneOf() {
            super(KeywordType.ONE_OF.getValue());
        }

        @Override
        public KeywordValidator newValidator(
                SchemaLocation location, JsonNode value, Schema parent, SchemaContext context) {
            return new OneOfValidator(location, value, parent, context) {

                /* When several alternatives are satisfied, the errors of the others mislead. */
                @Override
                protected void validate(
                        ExecutionContext run, JsonNode node, JsonNode document, NodePath place, boolean walk) {
                    var errors = run.getErrors();
                    var before = errors.size();
                    super.validate(run, node, document, place, walk);
                    if (errors.size() > before
                            && errors.get(before).getMessageKey().equals(SEVERAL)) {
                        errors.subList(before + 1, errors.size()).clear();
                    }
                }
            };
        }
    }
}
