package dev.skelly.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.skelly.event.Json;
import dev.skelly.testing.WholeNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Makes values as a schema has them: of what answers gave where the name fits, else of chance. */
final class Values {

    private static final JsonMapper JSON = Json.mapper();
    private static final int DEPTH_MAX = 6;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz\u00e4\u4e16 .-_'\"<&";

    private final Random random;
    private final Pool pool;
    private final Map<String, JsonNode> types;

    /**
     * Of one call.
     *
     * @param types schema of the data of every event type that somebody may emit, by name
     */
    Values(Random random, Pool pool, Map<String, JsonNode> types) {
        this.random = random;
        this.pool = pool;
        this.types = types;
    }

    Random random() {
        return random;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** True one time out of so many. */
    boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    JsonNode of(JsonNode schema) {
        return of(schema, "", 0);
    }

    /** A text for a parameter. */
    String text(JsonNode schema, String name) {
        return of(schema, name, 0).asText();
    }

    private JsonNode of(JsonNode schema, String name, int depth) {
        for (var choice : List.of("oneOf", "anyOf")) {
            if (schema.path(choice).size() > 0) {
                return of(
                        schema.path(choice)
                                .get(random.nextInt(schema.path(choice).size())),
                        name,
                        depth);
            }
        }
        if (schema.has("const")) {
            return schema.path("const");
        }
        if (schema.has("enum")) {
            return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth + 1);
            case "array" -> array(schema, name, depth + 1);
            case "string" -> new TextNode(string(schema, name));
            case "integer" -> JSON.getNodeFactory().numberNode(random.nextInt(200) - 2);
            case "number" -> JSON.getNodeFactory().numberNode(random.nextGaussian() * 1e6);
            case "boolean" -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case "null" -> JSON.getNodeFactory().nullNode();
            default -> anything(depth + 1);
        };
    }

    private String type(JsonNode schema) {
        var type = schema.path("type");
        return type.isArray()
                ? type.get(random.nextInt(type.size())).asText()
                : schema.has("properties") ? "object" : type.asText("any");
    }

    private JsonNode object(JsonNode schema, int depth) {
        var object = JSON.createObjectNode();
        var properties = schema.path("properties");
        var required = new ArrayList<String>();
        schema.path("required").forEach(name -> required.add(name.textValue()));
        properties.properties().forEach(field -> {
            if (required.contains(field.getKey()) || random.nextInt(3) > 0) {
                object.set(field.getKey(), of(field.getValue(), field.getKey(), depth));
            }
        });
        if (properties.has("type") && properties.has("data") && !types.isEmpty()) {
            event(object, depth);
        }
        if (properties.isEmpty() && depth < DEPTH_MAX) {
            for (var field = random.nextInt(3); field > 0; field--) {
                object.set(string(JSON.createObjectNode(), "key"), anything(depth + 1));
            }
        }
        return object;
    }

    /* Of a type that there is, with data as it declares; and mostly about nobody else, on no channel of its own. */
    private void event(ObjectNode event, int depth) {
        var name = one(List.copyOf(types.keySet()));
        event.put("type", name);
        event.set("data", of(types.getOrDefault(name, JSON.createObjectNode()), "data", depth));
        if (!oneIn(4)) {
            event.remove(List.of("subject", "channel"));
        }
        if (event.has("time")) {
            event.put("time", "2026-11-25T19:00:00Z");
        }
    }

    private JsonNode array(JsonNode schema, String name, int depth) {
        var array = JSON.createArrayNode();
        for (var item = random.nextInt(4) + schema.path("minItems").asInt(0); item > 0; item--) {
            array.add(of(schema.path("items"), name, depth));
        }
        return array;
    }

    JsonNode anything(int depth) {
        return switch (random.nextInt(depth < DEPTH_MAX ? 7 : 5)) {
            case 0 -> JSON.getNodeFactory().nullNode();
            case 1 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case 2 -> JSON.getNodeFactory().numberNode(random.nextLong());
            case 3 -> JSON.getNodeFactory().numberNode(random.nextDouble() * 1e200);
            case 4 -> new TextNode(one(Nasty.TEXTS));
            case 5 -> JSON.createArrayNode().add(anything(depth + 1));
            default -> JSON.createObjectNode().set("n", anything(depth + 1));
        };
    }

    private String string(JsonNode schema, String name) {
        var known = pool.any(name, random);
        if (known.isPresent() && random.nextInt(5) > 0) {
            return known.get();
        }
        if (name.toLowerCase(java.util.Locale.ROOT).contains("password")) {
            return WholeNode.PASSWORD;
        }
        return switch (schema.path("format").asText()) {
            case "uuid" -> id().toString();
            case "email" -> "p" + random.nextInt(50) + "@example.org";
            case "date-time" -> "2026-11-2%dT0%d:00:00Z".formatted(random.nextInt(10), random.nextInt(10));
            case "date" -> "2026-11-2" + random.nextInt(10);
            default -> plain(schema);
        };
    }

    private String plain(JsonNode schema) {
        var examples = schema.path("examples");
        if (!examples.isEmpty() && random.nextBoolean()) {
            return examples.get(0).asText();
        }
        var max = Math.min(schema.path("maxLength").asInt(12), 40);
        var length = Math.max(schema.path("minLength").asInt(0), random.nextInt(max + 1));
        var text = new StringBuilder();
        for (var sign = 0; sign < length; sign++) {
            text.append(LETTERS.charAt(random.nextInt(oneIn(4) ? LETTERS.length() : 26)));
        }
        return text.toString();
    }

    Optional<String> known(String name) {
        return pool.any(name, random);
    }
}
