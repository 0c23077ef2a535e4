package dev.skelly.feature;

import java.util.List;
import java.util.Map;

/**
 * A request parameter outside the body.
 *
 * @param place where it is sent
 * @param name as it is written there
 * @param required whether a request without it is rejected
 * @param meaning one sentence
 * @param schema JSON Schema (2020-12) of its value
 * @param repeatable whether it may be sent several times; the values are joined by commas
 */
public record Parameter(
        Place place, String name, boolean required, String meaning, Map<String, Object> schema, boolean repeatable) {

    /** The place of a parameter. */
    public enum Place {
        QUERY,
        HEADER,
        COOKIE,
        PATH
    }

    /** Maximum length of a text in a query. */
    public static final int TEXT_CHARS_MAX = 200;

    /** Maximum length of a list in a query. */
    public static final int LIST_CHARS_MAX = 4_000;

    /** Copies the schema. */
    public Parameter {
        schema = Map.copyOf(schema);
    }

    /** Creates a parameter that has one value. */
    public Parameter(Place place, String name, boolean required, String meaning, Map<String, Object> schema) {
        this(place, name, required, meaning, schema, false);
    }

    /** Creates an optional query parameter. */
    public static Parameter query(String name, String meaning, Map<String, Object> schema) {
        return new Parameter(Place.QUERY, name, false, meaning, schema);
    }

    /** Creates an optional text parameter in the query. */
    public static Parameter text(String name, String meaning) {
        return query(name, meaning, Map.of("type", "string", "maxLength", TEXT_CHARS_MAX));
    }

    /** Creates an optional comma-separated list of texts in the query. */
    public static Parameter list(String name, String meaning) {
        return list(name, false, meaning, Map.of("type", "string", "maxLength", LIST_CHARS_MAX));
    }

    /** Creates a comma-separated list in the query. */
    public static Parameter list(String name, boolean required, String meaning, Map<String, Object> schema) {
        return new Parameter(Place.QUERY, name, required, meaning, schema, true);
    }

    /** Creates the page size parameter. */
    public static Parameter limit(int preset, int max) {
        return query(
                "limit",
                "Maximum number of items.",
                Map.of("type", "integer", "minimum", 1, "maximum", max, "default", preset));
    }

    /** Creates the page cursor parameter. */
    public static Parameter cursor() {
        return text("cursor", "The nextCursor of the previous page.");
    }

    /** Creates an optional request header. */
    public static Parameter header(String name, String meaning) {
        return new Parameter(Place.HEADER, name, false, meaning, Map.of("type", "string"));
    }

    /** Creates the {@code If-Match} header with the entity tag of the resource to change. */
    public static Parameter ifMatch(boolean required) {
        return new Parameter(
                Place.HEADER,
                "If-Match",
                required,
                "The ETag of the resource to change, or * for any version.",
                Map.of("type", "string", "examples", List.of("\"1\"")));
    }

    /** Creates the {@code If-None-Match} header of a request that only creates. */
    public static Parameter mustBeNew() {
        return new Parameter(
                Place.HEADER,
                "If-None-Match",
                false,
                "Only `*`: the resource must not exist yet, or the response is 412.",
                Map.of("type", "string", "enum", List.of("*")));
    }

    /** Creates a path parameter whose name does not explain it. */
    public static Parameter path(String name, String meaning, Map<String, Object> schema) {
        return new Parameter(Place.PATH, name, true, meaning, schema);
    }

    /** Creates an optional cookie. */
    public static Parameter cookie(String name, String meaning) {
        return new Parameter(Place.COOKIE, name, false, meaning, Map.of("type", "string"));
    }
}
