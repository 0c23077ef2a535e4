package dev.skelly.declaration;

import dev.skelly.feature.Shape;
import java.util.Map;

/** What a file of declarations looks like. */
final class FileShape {

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

    /** A file, whatever stands in its lists: a fault in one of them is no reason to pass over the others. */
    static final Shape FILE = Shape.of(
            new Shape.Field("types", false, list(Map.of(), TYPES_MAX)),
            new Shape.Field("topics", false, list(Map.of(), TYPES_MAX)));

    /** A type. */
    static final Shape TYPE = type();

    /** A topic. */
    static final Shape TOPIC =
            Shape.of(new Shape.Field("pattern", true, NAME), new Shape.Field("read", true, SOME_NAMES));

    private FileShape() {}

    private static Shape type() {
        return Shape.of(
                new Shape.Field("name", true, NAME),
                new Shape.Field("formerly", false, NAMES),
                new Shape.Field("meaning", true, text(TEXT_CHARS_MAX)),
                new Shape.Field("version", false, VERSION),
                new Shape.Field("data", true, ANY_OBJECT),
                new Shape.Field("audience", true, SOME_NAMES),
                new Shape.Field("views", false, Map.of("type", "object", "additionalProperties", NAMES)),
                new Shape.Field("sensitive", false, NAMES),
                new Shape.Field("emit", false, SOME_NAMES),
                new Shape.Field("subject", false, NAME),
                new Shape.Field("outcome", false, FLAG),
                new Shape.Field(
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
                new Shape.Field("upcasts", false, list(upcast(), NAMES_MAX)));
    }

    private static Map<String, Object> upcast() {
        return Shape.of(
                        new Shape.Field("from", true, VERSION),
                        new Shape.Field("rename", false, Map.of("type", "object", "additionalProperties", NAME)),
                        new Shape.Field("default", false, ANY_OBJECT),
                        new Shape.Field("remove", false, NAMES))
                .schema();
    }

    private static Map<String, Object> text(int charactersMax) {
        return Map.of("type", "string", "minLength", 1, "maxLength", charactersMax);
    }

    private static Map<String, Object> list(Map<String, Object> item, int itemsMax) {
        return Map.of("type", "array", "items", item, "maxItems", itemsMax);
    }
}
