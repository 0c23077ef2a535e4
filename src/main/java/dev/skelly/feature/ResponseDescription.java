package dev.skelly.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A successful response of a route.
 *
 * @param status HTTP status, 200 to 399; for health also 503
 * @param meaning one sentence; empty for the status's default text
 * @param mediaType of the body; empty for none
 * @param body the record that is written as JSON; null when {@code schema} describes it, or when there is no body
 * @param schema JSON Schema (2020-12) of the body when no record describes it; otherwise empty
 * @param headers its headers
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
     * A response header.
     *
     * @param meaning one sentence
     */
    public record Header(String name, String meaning) {}

    /** Copies the collections. */
    public ResponseDescription {
        schema = Map.copyOf(schema);
        headers = List.copyOf(headers);
    }

    /** Describes a JSON body by a record. */
    public static ResponseDescription of(int status, Class<?> body) {
        return new ResponseDescription(status, "", JSON, body, Map.of(), List.of());
    }

    /** Describes a JSON body by a schema. */
    public static ResponseDescription of(int status, Map<String, Object> schema) {
        return new ResponseDescription(status, "", JSON, null, schema, List.of());
    }

    /** Describes a response without a body. */
    public static ResponseDescription empty(int status) {
        return new ResponseDescription(status, "", "", null, Map.of(), List.of());
    }

    /** Describes a body that is not JSON. */
    public static ResponseDescription text(int status, String mediaType) {
        return new ResponseDescription(status, "", mediaType, null, Map.of("type", "string"), List.of());
    }

    /** Returns this description with a meaning. */
    public ResponseDescription meaning(String words) {
        return new ResponseDescription(status, words, mediaType, body, schema, headers);
    }

    /** Returns this description with another media type. */
    public ResponseDescription as(String type) {
        return new ResponseDescription(status, meaning, type, body, schema, headers);
    }

    /** Returns this description with one more header. */
    public ResponseDescription with(String name, String words) {
        var more = new ArrayList<>(headers);
        more.add(new Header(name, words));
        return new ResponseDescription(status, meaning, mediaType, body, schema, more);
    }

    /** Returns this description with the strong entity tag of the resource. */
    public ResponseDescription tagged() {
        return with("ETag", "The tag of this version; send it as If-Match to change exactly this version.");
    }

    /** Returns this description with the log position after a write. */
    public ResponseDescription positioned() {
        return with("Skelly-Position", "The log position after this write; an opaque cursor.");
    }

    /** Returns this description with cookies. */
    public ResponseDescription cookies(String words) {
        return with("Set-Cookie", words);
    }

    /** Returns this description with a link to the next page, if any. */
    public ResponseDescription paged() {
        return with("Link", "rel=\"next\": the next page, if there is one.");
    }
}
