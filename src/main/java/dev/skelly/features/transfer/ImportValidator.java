package dev.skelly.features.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Audience;
import dev.skelly.event.ChannelTemplate;
import dev.skelly.event.EventType;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.FieldError;
import dev.skelly.schema.SchemaValidator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Validates an imported event against its type, as on emission. Not thread-safe. */
final class ImportValidator {

    /** Said of data that is no object. */
    static final String NO_DATA = "data must be a JSON object";

    private static final int SUBJECT_CHARS_MAX = 200;
    private static final Pattern SUBJECT = Pattern.compile("[a-z][a-z-]*:[A-Za-z0-9_.:/-]+");

    private final JsonMapper json;
    private final Map<String, SchemaValidator> shapes = new HashMap<>();

    ImportValidator(JsonMapper json) {
        this.json = json;
    }

    /** Adds all errors. */
    void check(EventType type, String subject, List<String> channels, JsonNode data, List<String> faults) {
        checkSubject(type, subject, faults);
        if (!data.isObject()) {
            faults.add(NO_DATA);
            return;
        }
        channels.stream()
                .filter(channel -> type.audience().stream().noneMatch(template -> makes(type, template, channel, data)))
                .forEach(channel -> faults.add("channels must be of " + type.audience() + ", as data makes them"));
        if (!wasEmptied(type, data)) {
            shapes
                    .computeIfAbsent(
                            type.name(), name -> new SchemaValidator(new BodySchema(type.schema(), false), json))
                    .faults(data)
                    .stream()
                    .filter(fault -> !staysSealed(type, fault))
                    .forEach(fault -> faults.add("data" + fault.pointer().substring(1) + " " + fault.detail()));
        }
        requirePerson(type.sensitive(), subject, channels, data, faults);
    }

    private static void checkSubject(EventType type, String subject, List<String> faults) {
        var emission = type.emission();
        var sound = emission == null
                ? SUBJECT.matcher(subject).matches()
                : emission.subject().matches(subject);
        if (!sound || subject.length() > SUBJECT_CHARS_MAX) {
            faults.add("subject must have the form " + (emission == null ? "kind:name" : emission.subject())
                    + " and at most " + SUBJECT_CHARS_MAX
                    + " characters, of letters, digits, dots, hyphens and underscores");
        }
    }

    /* For types that the program appends, it chooses the channels itself. Otherwise the channel must contain the value from the data. */
    private static boolean makes(EventType type, ChannelTemplate template, String channel, JsonNode data) {
        return template.read(channel)
                .filter(values -> type.shape() != null
                        || values.entrySet().stream()
                                .allMatch(value -> !data.path(value.getKey()).isValueNode()
                                        || data.path(value.getKey()).isNull()
                                        || data.path(value.getKey()).asText().equals(value.getValue())))
                .isPresent();
    }

    /* Its data was removed after its retention. */
    private static boolean wasEmptied(EventType type, JsonNode data) {
        return data.isEmpty() && type.retention() != null;
    }

    private static boolean staysSealed(EventType type, FieldError fault) {
        return fault.code().equals("required")
                && type.sensitive().contains(fault.pointer().replaceFirst("^#/", ""));
    }

    /* Requires a person, because the fields are encrypted with that person's key, which an erasure destroys. */
    static void requirePerson(
            Set<String> sensitive, String subject, List<String> channels, JsonNode data, List<String> faults) {
        if (sensitive.stream().anyMatch(data::has)
                && Audience.person(subject, channels).isEmpty()) {
            faults.add("subject or channels must name the one person whom " + sensitive + " are about");
        }
    }
}
