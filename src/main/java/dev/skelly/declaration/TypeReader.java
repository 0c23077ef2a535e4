package dev.skelly.declaration;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Audience;
import dev.skelly.event.ChannelTemplate;
import dev.skelly.event.Emission;
import dev.skelly.event.EventType;
import dev.skelly.event.Views;
import dev.skelly.feature.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns one declaration, whose shape was checked, into a type. */
final class TypeReader {

    private static final String ALL_FIELDS = "*";
    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};

    private final JsonMapper json;
    private final String source;
    private final List<Fault> faults;

    /**
     * Adds what it finds to {@code faults}.
     *
     * @param source of the types' events
     */
    TypeReader(JsonMapper json, String source, List<Fault> faults) {
        this.json = json;
        this.source = source;
        this.faults = faults;
    }

    /** The type, unless something is wrong with it. */
    Optional<EventType> read(JsonNode declared, String pointer) {
        var before = faults.size();
        new SchemaRules(faults).checkData(declared.path("data"), pointer + "/data");
        var audience = templates(declared.path("audience"), pointer + "/audience");
        var emission = emission(declared, pointer);
        requireFields(declared, audience, emission, pointer);
        new SealingRules(faults).check(texts(declared.path("sensitive")), audience, emission, pointer + "/sensitive");
        if (faults.size() > before) {
            return Optional.empty();
        }
        try {
            return Optional.of(new EventType(
                    declared.path("name").asText(),
                    texts(declared.path("formerly")),
                    source,
                    declared.path("meaning").asText(),
                    declared.path("version").asInt(1),
                    json.convertValue(declared.path("data"), OBJECT),
                    audience,
                    views(declared),
                    Set.copyOf(texts(declared.path("sensitive"))),
                    emission,
                    retention(declared),
                    null));
        } catch (IllegalArgumentException fault) {
            faults.add(new Fault(pointer, "type", String.valueOf(fault.getMessage())));
            return Optional.empty();
        }
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
            faults.add(new Fault(pointer, "channel", String.valueOf(fault.getMessage())));
            return Optional.empty();
        }
    }

    private @Nullable Emission emission(JsonNode declared, String pointer) {
        if (!declared.has("emit")) {
            if (declared.has("outcome") || declared.has("subject")) {
                faults.add(new Fault(pointer, "emit", "must have emit where it has outcome or subject"));
            }
            return null;
        }
        var by = Set.copyOf(texts(declared.path("emit")));
        var text = declared.path("subject").asText(ChannelTemplate.SELF);
        if (text.equals(ChannelTemplate.SELF) && by.contains(Emission.ANYONE)) {
            faults.add(new Fault(
                    pointer + "/subject", "subject", "must be given: anyone is not signed in and has no self"));
        }
        return template(text, pointer + "/subject")
                .map(subject ->
                        new Emission(by, subject, declared.path("outcome").asBoolean()))
                .orElse(null);
    }

    private void requireFields(
            JsonNode declared, List<ChannelTemplate> audience, @Nullable Emission emission, String pointer) {
        var fields = new LinkedHashSet<String>();
        declared.path("data").path("properties").fieldNames().forEachRemaining(fields::add);
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

    private void requireKnown(Iterable<String> named, Set<String> fields, String pointer) {
        for (var name : named) {
            if (!fields.contains(name)) {
                faults.add(new Fault(pointer, "field", name + " is not a field of the data; there are " + fields));
            }
        }
    }

    /* With views, a field is for those roles whose view names it; a star stands for every field that is not sensitive. */
    private Views views(JsonNode declared) {
        var sensitive = Set.copyOf(texts(declared.path("sensitive")));
        var shownTo = new LinkedHashMap<String, Set<String>>();
        if (!declared.has("views")) {
            sensitive.forEach(field -> shownTo.put(field, Set.of(Views.SELF, Audience.ADMIN)));
            return new Views(Map.copyOf(shownTo));
        }
        declared.path("data").path("properties").fieldNames().forEachRemaining(field -> {
            var roles = new LinkedHashSet<String>();
            declared.path("views").properties().forEach(view -> {
                var named = texts(view.getValue());
                if (named.contains(field) || (named.contains(ALL_FIELDS) && !sensitive.contains(field))) {
                    roles.add(view.getKey());
                }
            });
            shownTo.put(field, roles);
        });
        return new Views(Map.copyOf(shownTo));
    }

    private static @Nullable Duration retention(JsonNode declared) {
        var text = declared.path("retention").asText("");
        return text.isEmpty() ? null : Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1)));
    }
}
