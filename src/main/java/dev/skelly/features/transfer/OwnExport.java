package dev.skelly.features.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.cloudevents.CloudEventAttributes;
import dev.skelly.event.Audience;
import dev.skelly.event.EventType;
import dev.skelly.event.FieldVisibility;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a line with a right proof says of its event's type, which may be declared otherwise today, or no more.
 *
 * @param source CloudEvents source
 * @param version of the data
 * @param sensitive fields to encrypt
 * @param retention how long the data of the type is kept; null for ever
 */
record OwnExport(
        String source,
        int version,
        List<String> sensitive,
        @Nullable Duration retention) {

    private static final String MEANING = "An event of an own export.";

    /** Copies the fields. */
    OwnExport {
        sensitive = List.copyOf(sensitive);
    }

    /** Returns the type under which the event is appended. Its schema and audience are unknown, because only its name, source and version are stored. */
    EventType type(String name) {
        return new EventType(
                name,
                List.of(),
                source,
                MEANING,
                version,
                Map.of(),
                List.of(),
                FieldVisibility.OPEN,
                Set.copyOf(sensitive),
                null,
                null,
                null);
    }

    /**
     * Reads a line. The sensitive fields are those of the line, and those of the declared type if the event is about one person.
     *
     * @param event what the line contains besides
     * @param declared sensitive fields of its type; empty when the type is not declared
     * @param faults receives all errors
     */
    static OwnExport read(
            JsonNode line, ImportedEvent event, Set<String> declared, JsonMapper json, List<String> faults) {
        checkName(event.type(), faults);
        var data = line.path(CloudEventAttributes.DATA);
        if (!data.isObject()) {
            faults.add(ImportValidator.NO_DATA);
        }
        var sensitive = new TreeSet<>(names(line.path(CloudEventAttributes.SENSITIVE), json, faults));
        ImportValidator.requirePerson(sensitive, event.subject(), event.channels(), data, faults);
        if (Audience.person(event.subject(), event.channels()).isPresent()) {
            sensitive.addAll(declared);
        }
        return new OwnExport(
                line.path(CloudEventAttributes.SOURCE).asText(),
                version(line.path(CloudEventAttributes.DATA_VERSION), faults),
                List.copyOf(sensitive),
                retention(line.path(CloudEventAttributes.RETENTION), faults));
    }

    private static void checkName(String type, List<String> faults) {
        try {
            EventType.requireName(type);
        } catch (IllegalArgumentException e) {
            faults.add("type must be words of lower-case letters, joined by dots");
        }
    }

    private static int version(JsonNode version, List<String> faults) {
        if (version.isInt() && version.intValue() > 0) {
            return version.intValue();
        }
        faults.add(CloudEventAttributes.DATA_VERSION + " must be a whole number from 1");
        return 1;
    }

    private static List<String> names(JsonNode text, JsonMapper json, List<String> faults) {
        if (text.isMissingNode() || text.isNull()) {
            return List.of();
        }
        try {
            return json.readerForListOf(String.class).readValue(text.asText());
        } catch (JsonProcessingException e) {
            faults.add(CloudEventAttributes.SENSITIVE + " must be a JSON array of names of fields");
            return List.of();
        }
    }

    private static @Nullable Duration retention(JsonNode text, List<String> faults) {
        if (text.isMissingNode() || text.isNull()) {
            return null;
        }
        try {
            return Duration.parse(text.asText());
        } catch (DateTimeException e) {
            faults.add(CloudEventAttributes.RETENTION + " must be an ISO 8601 duration such as PT720H");
            return null;
        }
    }
}
