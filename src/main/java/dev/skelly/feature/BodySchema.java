package dev.skelly.feature;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.event.OneLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shape of a JSON body, as a JSON Schema (2020-12) of an object without additional fields.
 *
 * @param schema the schema as plain maps, lists, strings, numbers and booleans
 * @param optional whether a request without a body is read as the empty object
 * @param rules what a schema cannot say
 */
public record BodySchema(Map<String, Object> schema, boolean optional, BodyRules rules) {

    /** Rules of a body besides its schema. Their errors are reported together with those of the schema. */
    @FunctionalInterface
    public interface BodyRules {

        /**
         * Adds an error for each broken rule.
         *
         * @param body any JSON, as sent; it may break the schema
         * @param faults the schema's errors; a rule need not repeat one of them
         */
        void check(JsonNode body, List<FieldError> faults);
    }

    /** Creates a schema without further rules. */
    public BodySchema(Map<String, Object> schema, boolean optional) {
        this(schema, optional, (body, faults) -> {});
    }

    /**
     * One field of an object.
     *
     * @param name its name
     * @param required whether it is required
     * @param schema the schema of its value
     */
    public record Field(String name, boolean required, Map<String, Object> schema) {

        /** Returns this field as optional. */
        public Field optional() {
            return new Field(name, false, schema);
        }

        /** Returns this field with one more JSON Schema keyword, e.g. {@code maxLength}. */
        public Field with(String keyword, Object value) {
            var more = new LinkedHashMap<>(schema);
            more.put(keyword, value);
            return new Field(name, required, more);
        }
    }

    /** Creates an object schema with exactly these fields. */
    public static BodySchema of(Field... fields) {
        var properties = new LinkedHashMap<String, Object>();
        List<Object> required = new ArrayList<>();
        for (var field : fields) {
            properties.put(field.name(), field.schema());
            if (field.required()) {
                required.add(field.name());
            }
        }
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return new BodySchema(schema, false);
    }

    /** Creates an object schema with arbitrary fields, up to a maximum number. */
    public static BodySchema anyObject(int fieldsMax) {
        return new BodySchema(Map.of("type", "object", "maxProperties", fieldsMax), false);
    }

    /**
     * Returns this schema with a name by which the API description refers to it. For a body of several media types, whose generated types
     * would otherwise be numbered.
     *
     * @param name upper camel case, e.g. {@code UserUpdate}; unique in the program
     */
    public BodySchema named(String name) {
        var titled = new LinkedHashMap<>(schema);
        titled.put("title", name);
        return new BodySchema(titled, optional, rules);
    }

    /** Returns this schema such that a request without a body is read as the empty object. */
    public BodySchema orNoBody() {
        return new BodySchema(schema, true, rules);
    }

    /** Returns this schema with rules that it cannot say. */
    public BodySchema checkedBy(BodyRules more) {
        return new BodySchema(schema, optional, more);
    }

    /** Creates a text field of {@code min} to {@code max} characters. */
    public static Field text(String name, int min, int max) {
        return new Field(name, true, Map.of("type", "string", "minLength", min, "maxLength", max));
    }

    /** Creates a field for one line of text that shows something, of at most {@code max} characters; see {@link OneLine}. */
    public static Field line(String name, int max) {
        return text(name, 1, max).with("pattern", OneLine.PATTERN).with("description", OneLine.EXPECTED);
    }

    /** Creates a field for an e-mail address, at most 254 characters (RFC 5321 section 4.5.3.1.3). */
    public static Field email(String name) {
        return text(name, 3, 254).with("format", "email");
    }

    /** Creates a boolean field. */
    public static Field flag(String name) {
        return new Field(name, true, Map.of("type", "boolean"));
    }
}
