package dev.skelly.declaration;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Audience;
import dev.skelly.event.ChannelTemplate;
import dev.skelly.event.EmitRule;
import dev.skelly.event.EventType;
import dev.skelly.event.FieldVisibility;
import dev.skelly.event.SensitiveFieldRules;
import dev.skelly.event.Upcast;
import dev.skelly.feature.FieldError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Converts a declaration into a type, and reports errors that its schema alone does not detect. */
final class EventTypeReader {

    private static final String ALL_FIELDS = "*";
    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};

    private final JsonMapper json;
    private final String source;
    private final JsonNode declared;
    private final String pointer;
    private final List<FieldError> misshapen;
    private final List<FieldError> faults = new ArrayList<>();

    /**
     * Reads a declaration.
     *
     * @param source of the type's events
     * @param pointer its place in the file
     * @param misshapen the errors of its schema; no other errors are reported at or below these places
     */
    EventTypeReader(JsonMapper json, String source, JsonNode declared, String pointer, List<FieldError> misshapen) {
        this.json = json;
        this.source = source;
        this.declared = declared;
        this.pointer = pointer;
        this.misshapen = misshapen;
    }

    /**
     * Returns the type. With errors, returns an outline against which others can be checked.
     *
     * @param found receives all errors, those of the schema first
     * @return empty when it has no valid name
     */
    Optional<EventType> read(List<FieldError> found) {
        var named = isName(declared.path("name").asText(), pointer + "/name");
        var formerly = texts(declared.path("formerly"));
        for (var index = 0; index < formerly.size(); index++) {
            named &= isName(formerly.get(index), pointer + "/formerly/" + index);
        }
        var data = data();
        var audience = templates(declared.path("audience"), pointer + "/audience");
        var emission = emission();
        requireFields(data, audience, emission);
        requireSealing(audience, emission);
        found.addAll(misshapen);
        faults.stream()
                .filter(fault -> misshapen.stream().noneMatch(fault::isWithin))
                .forEach(found::add);
        if (!named) {
            return Optional.empty();
        }
        return Optional.of(misshapen.isEmpty() && faults.isEmpty() ? type(data, audience, emission) : outline());
    }

    /** Returns its upcasts from older versions; none when their own schema is violated. */
    List<Upcast> upcasts() {
        return wellVersioned() ? UpcastReader.read(declared) : List.of();
    }

    private boolean wellVersioned() {
        return misshapen.stream()
                .map(FieldError::pointer)
                .noneMatch(place -> place.equals(pointer + "/version") || place.startsWith(pointer + "/upcasts"));
    }

    private JsonNode data() {
        var schema = declared.path("data");
        var before = faults.size();
        new AllowedKeywords(faults).checkData(schema, pointer + "/data");
        return faults.size() == before ? SchemaReferences.resolved(schema, pointer + "/data", faults) : schema;
    }

    private boolean isName(String name, String place) {
        try {
            EventType.requireName(name);
            return true;
        } catch (IllegalArgumentException fault) {
            faults.add(new FieldError(place, "name", String.valueOf(fault.getMessage())));
            return false;
        }
    }

    private EventType type(JsonNode data, List<ChannelTemplate> audience, @Nullable EmitRule emission) {
        return new EventType(
                declared.path("name").asText(),
                texts(declared.path("formerly")),
                source,
                declared.path("meaning").asText(),
                declared.path("version").asInt(1),
                json.convertValue(data, OBJECT),
                audience,
                views(data),
                Set.copyOf(texts(declared.path("sensitive"))),
                emission,
                retention(),
                null);
    }

    private EventType outline() {
        return new EventType(
                declared.path("name").asText(),
                texts(declared.path("formerly")),
                source,
                "",
                wellVersioned() ? declared.path("version").asInt(1) : 1,
                Map.of(),
                List.of(),
                FieldVisibility.OPEN,
                Set.of(),
                null,
                null,
                null);
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }

    private List<ChannelTemplate> templates(JsonNode list, String pointer) {
        var templates = new ArrayList<ChannelTemplate>();
        for (var index = 0; index < list.size(); index++) {
            template(list.get(index).asText(), pointer + "/" + index).ifPresent(templates::add);
        }
        return templates;
    }

    private Optional<ChannelTemplate> template(String text, String pointer) {
        try {
            return Optional.of(ChannelTemplate.of(text));
        } catch (IllegalArgumentException fault) {
            faults.add(new FieldError(pointer, "channel", String.valueOf(fault.getMessage())));
            return Optional.empty();
        }
    }

    private @Nullable EmitRule emission() {
        if (!declared.has("emit")) {
            if (declared.has("outcome") || declared.has("subject")) {
                faults.add(new FieldError(pointer, "emit", "must have emit where it has outcome or subject"));
            }
            return null;
        }
        var by = Set.copyOf(texts(declared.path("emit")));
        var text = declared.path("subject").asText(ChannelTemplate.SELF);
        if (by.contains(FieldVisibility.SELF)) {
            faults.add(new FieldError(
                    pointer + "/emit",
                    "role",
                    "must name roles; self is not a role, and every account has the role user"));
        }
        if (text.equals(ChannelTemplate.SELF) && by.contains(EmitRule.ANYONE)) {
            faults.add(new FieldError(
                    pointer + "/subject", "subject", "must be given: anyone is not signed in and has no self"));
        }
        return template(text, pointer + "/subject")
                .map(subject ->
                        new EmitRule(by, subject, declared.path("outcome").asBoolean()))
                .orElse(null);
    }

    private void requireFields(JsonNode data, List<ChannelTemplate> audience, @Nullable EmitRule emission) {
        if (!data.isObject()) {
            return; // No fields can be named.
        }
        var fields = new LinkedHashSet<String>();
        data.path("properties").fieldNames().forEachRemaining(fields::add);
        audience.forEach(template -> requireKnown(template.slots(), fields, pointer + "/audience"));
        if (emission != null) {
            requireKnown(emission.subject().slots(), fields, pointer + "/subject");
        }
        requireKnown(texts(declared.path("sensitive")), fields, pointer + "/sensitive");
        fields.add(ALL_FIELDS);
        declared.path("views")
                .properties()
                .forEach(view -> requireKnown(texts(view.getValue()), fields, pointer + "/views/" + view.getKey()));
    }

    /* Not reported for channels that could not be read. */
    private void requireSealing(List<ChannelTemplate> audience, @Nullable EmitRule emission) {
        var legible = !audience.isEmpty()
                && audience.size() == declared.path("audience").size()
                && (emission != null || !declared.has("emit"));
        if (legible) {
            SensitiveFieldRules.faults(texts(declared.path("sensitive")), audience, emission)
                    .forEach(fault -> faults.add(new FieldError(pointer + "/sensitive", "sealing", fault)));
        }
    }

    private void requireKnown(Iterable<String> named, Set<String> fields, String pointer) {
        for (var name : named) {
            if (!fields.contains(name)) {
                faults.add(new FieldError(pointer, "field", name + " is not a field of the data; there are " + fields));
            }
        }
    }

    /* With views, a field is visible to the roles whose view names it; a star stands for every field that is not sensitive. */
    private FieldVisibility views(JsonNode data) {
        var sensitive = Set.copyOf(texts(declared.path("sensitive")));
        var shownTo = new LinkedHashMap<String, Set<String>>();
        if (!declared.has("views")) {
            sensitive.forEach(field -> shownTo.put(field, Set.of(FieldVisibility.SELF, Audience.ADMIN)));
            return new FieldVisibility(Map.copyOf(shownTo));
        }
        data.path("properties").fieldNames().forEachRemaining(field -> {
            var roles = new LinkedHashSet<String>();
            declared.path("views").properties().forEach(view -> {
                var named = texts(view.getValue());
                if (named.contains(field) || (named.contains(ALL_FIELDS) && !sensitive.contains(field))) {
                    roles.add(view.getKey());
                }
            });
            shownTo.put(field, roles);
        });
        return new FieldVisibility(Map.copyOf(shownTo));
    }

    private @Nullable Duration retention() {
        var text = declared.path("retention").asText("");
        return text.isEmpty() ? null : Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1)));
    }
}
