package dev.skelly.feature;

import java.util.List;
import java.util.Map;

/**
 * What a caller may say beside the body.
 *
 * @param place where it stands
 * @param name as it is written there
 * @param required whether a request without it is refused
 * @param meaning one sentence
 * @param schema JSON Schema (2020-12) of its value
 */
public record Parameter(Place place, String name, boolean required, String meaning, Map<String, Object> schema) {

    /** Where a parameter stands. */
    public enum Place {
        QUERY,
        HEADER,
        COOKIE,
        PATH
    }

    /** Longest text in a query. */
    public static final int TEXT_CHARS_MAX = 200;

    /** Longest list in a query. */
    public static final int LIST_CHARS_MAX = 4_000;

    /** Keeps its own copy of the schema. */
    public Parameter {
        schema = Map.copyOf(schema);
    }

    /** A query parameter that may be missing. */
    public static Parameter query(String name, String meaning, Map<String, Object> schema) {
        return new Parameter(Place.QUERY, name, false, meaning, schema);
    }

    /** A text in the query that may be missing. */
    public static Parameter text(String name, String meaning) {
        return query(name, meaning, Map.of("type", "string", "maxLength", TEXT_CHARS_MAX));
    }

    /** Texts with commas between them, in the query, that may be missing. */
    public static Parameter list(String name, String meaning) {
        return query(name, meaning, Map.of("type", "string", "maxLength", LIST_CHARS_MAX));
    }

    /** How long a page is. */
    public static Parameter limit(int preset, int max) {
        return query(
                "limit",
                "So many at most.",
                Map.of("type", "integer", "minimum", 1, "maximum", max, "default", preset));
    }

    /** Where a page begins. */
    public static Parameter cursor() {
        return text("cursor", "The nextCursor of the page before.");
    }

    /** A request header that may be missing. */
    public static Parameter header(String name, String meaning) {
        return new Parameter(Place.HEADER, name, false, meaning, Map.of("type", "string"));
    }

    /** The entity tag of what is to be changed. */
    public static Parameter ifMatch(boolean required) {
        return new Parameter(
                Place.HEADER,
                "If-Match",
                required,
                "The ETag of what is being changed, or * for any.",
                Map.of("type", "string", "examples", List.of("\"1\"")));
    }

    /** A parameter of the path of which there is more to say than its name. */
    public static Parameter path(String name, String meaning, Map<String, Object> schema) {
        return new Parameter(Place.PATH, name, true, meaning, schema);
    }

    /** A cookie that may be missing. */
    public static Parameter cookie(String name, String meaning) {
        return new Parameter(Place.COOKIE, name, false, meaning, Map.of("type", "string"));
    }
}
