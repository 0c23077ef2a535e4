package dev.skelly.features.notifications;

import dev.skelly.feature.BodySchema;
import java.util.List;
import java.util.Map;

/** Holds the schemas of the files that declare notifications. */
final class NotificationFileSchema {

    private static final int KINDS_MAX = 500;
    private static final int NAMES_MAX = 50;

    private static final Map<String, Object> NAME = text(200);

    /** The schema of a file. It accepts anything in the list, so that an error in one entry does not hide errors in others. */
    static final BodySchema FILE = BodySchema.of(new BodySchema.Field(
            "notifications", true, Map.of("type", "array", "items", Map.of(), "maxItems", KINDS_MAX)));

    /** The schema of a kind. */
    static final BodySchema KIND = BodySchema.of(
            new BodySchema.Field("kind", true, text(100)),
            new BodySchema.Field("meaning", true, text(1_000)),
            new BodySchema.Field(
                    "on", true, Map.of("type", "array", "items", NAME, "minItems", 1, "maxItems", NAMES_MAX)),
            new BodySchema.Field("to", true, receiver()),
            new BodySchema.Field(
                    "text",
                    true,
                    Map.of("type", "object", "additionalProperties", words(), "maxProperties", NAMES_MAX)),
            new BodySchema.Field("link", false, NAME),
            new BodySchema.Field(
                    "channels",
                    false,
                    Map.of(
                            "type",
                            "array",
                            "items",
                            Map.of("type", "string", "enum", List.of("in-app", "mail")),
                            "minItems",
                            1,
                            "maxItems",
                            2)),
            new BodySchema.Field("digest", false, digest()),
            new BodySchema.Field("group", false, NAME));

    private NotificationFileSchema() {}

    private static Map<String, Object> receiver() {
        return BodySchema.of(
                        new BodySchema.Field("person", false, NAME),
                        new BodySchema.Field("role", false, NAME),
                        new BodySchema.Field("readers", false, NAME))
                .schema();
    }

    private static Map<String, Object> words() {
        return BodySchema.of(
                        new BodySchema.Field("title", true, text(200)),
                        new BodySchema.Field("body", false, text(2_000)))
                .schema();
    }

    private static Map<String, Object> digest() {
        return BodySchema.of(
                        new BodySchema.Field(
                                "every",
                                false,
                                Map.of(
                                        "type",
                                        "string",
                                        "maxLength",
                                        3,
                                        "pattern",
                                        "^([1-9]|[1-5][0-9]|60)m$",
                                        "description",
                                        "1m to 60m")),
                        new BodySchema.Field("dailyAt", false, Map.of("type", "integer", "minimum", 0, "maximum", 23)))
                .schema();
    }

    private static Map<String, Object> text(int charactersMax) {
        return Map.of("type", "string", "minLength", 1, "maxLength", charactersMax);
    }
}
