package dev.skelly.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way in which a route answers when it succeeds.
 *
 * @param status HTTP status, 200 to 399; for health also 503
 * @param meaning one sentence; empty for the status's own words
 * @param mediaType of the body; empty where there is none
 * @param body the record that is written as JSON; null where {@code schema} says it, or where there is no body
 * @param schema JSON Schema (2020-12) of the body where no record says it; empty otherwise
 * @param headers that it carries
 */
public record ResponseDescription(
        int status,
        String meaning,
        String mediaType,
        @Nullable Class<?> body,
        Map<String, Object> schema,
        List<Header> headers) {

    private static final String JSON = "application/json";

    /**
     * A header of an answer.
     *
     * @param meaning one sentence
     */
    public record Header(String name, String meaning) {}

    /** Keeps its own copies. */
    public ResponseDescription {
        schema = Map.copyOf(schema);
        headers = List.copyOf(headers);
    }

    /** JSON that a record says. */
    public static ResponseDescription of(int status, Class<?> body) {
        return new ResponseDescription(status, "", JSON, body, Map.of(), List.of());
    }

    /** JSON that a schema says. */
    public static ResponseDescription of(int status, Map<String, Object> schema) {
        return new ResponseDescription(status, "", JSON, null, schema, List.of());
    }

    /** No body. */
    public static ResponseDescription empty(int status) {
        return new ResponseDescription(status, "", "", null, Map.of(), List.of());
    }

    /** A body that is not JSON. */
    public static ResponseDescription text(int status, String mediaType) {
        return new ResponseDescription(status, "", mediaType, null, Map.of("type", "string"), List.of());
    }

    /** The same, in words. */
    public ResponseDescription meaning(String words) {
        return new ResponseDescription(status, words, mediaType, body, schema, headers);
    }

    /** The same as another media type. */
    public ResponseDescription as(String type) {
        return new ResponseDescription(status, meaning, type, body, schema, headers);
    }

    /** The same with one more header. */
    public ResponseDescription with(String name, String words) {
        var more = new ArrayList<>(headers);
        more.add(new Header(name, words));
        return new ResponseDescription(status, meaning, mediaType, body, schema, more);
    }

    /** The same with the strong entity tag of what it shows. */
    public ResponseDescription tagged() {
        return with("ETag", "Names this version; send it as If-Match to change exactly this one.");
    }

    /** The same, telling where the log stands when something was written. */
    public ResponseDescription positioned() {
        return with("Skelly-Position", "Where the log stands after this write; an opaque cursor.");
    }

    /** The same with cookies. */
    public ResponseDescription cookies(String words) {
        return with("Set-Cookie", words);
    }

    /** The same with a link to the next page where there is one. */
    public ResponseDescription paged() {
        return with("Link", "rel=\"next\": the next page, where there is one.");
    }
}
