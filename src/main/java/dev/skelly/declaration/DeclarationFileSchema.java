package dev.skelly.declaration;

import dev.skelly.feature.BodySchema;
import java.util.Map;

/** Holds the schemas of declaration files. */
final class DeclarationFileSchema {

    private static final int TYPES_MAX = 500;
    private static final int NAMES_MAX = 50;
    private static final int TEXT_CHARS_MAX = 1_000;

    private static final Map<String, Object> NAME = text(200);
    private static final Map<String, Object> NAMES = Map.of("type", "array", "items", NAME, "maxItems", NAMES_MAX);
    private static final Map<String, Object> SOME_NAMES =
            Map.of("type", "array", "items", NAME, "minItems", 1, "maxItems", NAMES_MAX);
    private static final Map<String, Object> ANY_OBJECT = Map.of("type", "object", "maxProperties", 200);
    private static final Map<String, Object> FLAG = Map.of("type", "boolean");
    private static final Map<String, Object> VERSION = Map.of("type", "integer", "minimum", 1, "maximum", 1_000);

    /** The schema of a file. It accepts anything in the lists, so that an error in one entry does not hide errors in others. */
    static final BodySchema FILE = BodySchema.of(
            new BodySchema.Field("types", false, list(Map.of(), TYPES_MAX)),
            new BodySchema.Field("topics", false, list(Map.of(), TYPES_MAX)));

    /** The schema of a type. */
    static final BodySchema TYPE = type();

    /** The schema of a topic. */
    static final BodySchema TOPIC = BodySchema.of(
            new BodySchema.Field("pattern", true, NAME),
            new BodySchema.Field("read", true, SOME_NAMES),
            new BodySchema.Field("signal", false, SOME_NAMES),
            new BodySchema.Field("presence", false, SOME_NAMES));

    private DeclarationFileSchema() {}

    private static BodySchema type() {
        return BodySchema.of(
                new BodySchema.Field("name", true, NAME),
                new BodySchema.Field("formerly", false, NAMES),
                new BodySchema.Field("meaning", true, text(TEXT_CHARS_MAX)),
                new BodySchema.Field("version", false, VERSION),
                new BodySchema.Field("data", true, ANY_OBJECT),
                new BodySchema.Field("audience", true, SOME_NAMES),
                new BodySchema.Field("views", false, Map.of("type", "object", "additionalProperties", NAMES)),
                new BodySchema.Field("sensitive", false, NAMES),
                new BodySchema.Field("emit", false, SOME_NAMES),
                new BodySchema.Field("subject", false, NAME),
                new BodySchema.Field("outcome", false, FLAG),
                new BodySchema.Field(
                        "retention",
                        false,
                        Map.of(
                                "type",
                                "string",
                                "maxLength",
                                6,
                                "pattern",
                                "^[1-9][0-9]*d$",
                                "description",
                                "a number of days such as 90d")),
                new BodySchema.Field("upcasts", false, list(upcast(), NAMES_MAX)));
    }

    private static Map<String, Object> upcast() {
        return BodySchema.of(
                        new BodySchema.Field("from", true, VERSION),
                        new BodySchema.Field("rename", false, Map.of("type", "object", "additionalProperties", NAME)),
                        new BodySchema.Field("default", false, ANY_OBJECT),
                        new BodySchema.Field("remove", false, NAMES))
                .schema();
    }

    private static Map<String, Object> text(int charactersMax) {
        return Map.of("type", "string", "minLength", 1, "maxLength", charactersMax);
    }

    private static Map<String, Object> list(Map<String, Object> item, int itemsMax) {
        return Map.of("type", "array", "items", item, "maxItems", itemsMax);
    }
}
