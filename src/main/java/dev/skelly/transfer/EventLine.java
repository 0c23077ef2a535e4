package dev.skelly.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.event.Audience;
import dev.skelly.event.Catalogue;
import dev.skelly.event.Envelope;
import dev.skelly.event.EventType;
import dev.skelly.feature.QueryReader;
import dev.skelly.feature.Shape;
import dev.skelly.schema.ShapeCheck;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One event as a line of JSON: CloudEvents 1.0, with what the log knows besides as extension attributes. Not for several threads. */
final class EventLine {

    private static final int SUBJECT_CHARS_MAX = 200;

    private final Catalogue catalogue;
    private final JsonMapper json;
    private final Map<String, ShapeCheck> checks = new HashMap<>();

    EventLine(Catalogue catalogue, JsonMapper json) {
        this.catalogue = catalogue;
        this.json = json;
    }

    /** The line of an event, under its type's present name. */
    String write(Envelope event, String cursor) {
        var line = json.createObjectNode();
        line.put("specversion", "1.0").put("id", event.id().toString()).put("source", event.source());
        line.put("type", event.type())
                .put("subject", event.subject())
                .put("time", event.time().toString());
        line.put("datacontenttype", "application/json");
        line.put("correlationid", event.correlation().toString());
        put(line, "causationid", event.causation());
        put(line, "actor", event.actor());
        put(line, "traceparent", event.traceparent());
        line.put("subjectversion", event.subjectVersion());
        line.put("channels", String.join(" ", event.channels()));
        line.put("cursor", cursor);
        try {
            line.set("data", json.readTree(event.data()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("data of event " + event.id() + " is no JSON", e);
        }
        return line.toString();
    }

    private static void put(ObjectNode line, String name, @Nullable Object value) {
        if (value != null) {
            line.put(name, value.toString());
        }
    }

    /**
     * What a line says.
     *
     * @param faults where every fault is added
     * @return empty exactly when there is one
     */
    Optional<Imported> read(String text, List<String> faults) {
        try {
            if (json.readTree(text) instanceof ObjectNode line) {
                return read(line, faults);
            }
        } catch (JsonProcessingException e) {
            // Told below, as the text of a parser may repeat what it read.
        }
        faults.add("it is no JSON object");
        return Optional.empty();
    }

    private Optional<Imported> read(ObjectNode line, List<String> faults) {
        var found = new ArrayList<String>();
        if (!line.path("specversion").asText().equals("1.0")) {
            found.add("specversion must be 1.0");
        }
        var id = id(line, "id", true, found);
        var correlation = id(line, "correlationid", true, found);
        var causation = id(line, "causationid", false, found);
        var actor = id(line, "actor", false, found);
        var time = time(line.path("time").asText(), found);
        var subject = line.path("subject").asText();
        if (subject.isEmpty() || subject.length() > SUBJECT_CHARS_MAX) {
            found.add("subject must be a text of 1 to " + SUBJECT_CHARS_MAX + " characters");
        }
        var type = catalogue.named(line.path("type").asText());
        var channels = List.of(line.path("channels").asText().strip().split(" +"));
        if (type.isEmpty()) {
            found.add("type is unknown");
        } else {
            check(type.get(), channels, line.path("data"), found);
            requirePerson(type.get(), subject, channels, line.path("data"), found);
        }
        faults.addAll(found);
        if (!found.isEmpty() || id == null || correlation == null || type.isEmpty()) {
            return Optional.empty();
        }
        var trace = line.path("traceparent").textValue();
        return Optional.of(new Imported(
                id,
                type.get().name(),
                subject,
                channels,
                line.path("data").toString(),
                time,
                actor,
                correlation,
                causation,
                trace));
    }

    /* Fields that stayed sealed are not missed. */
    private void check(EventType type, List<String> channels, JsonNode data, List<String> faults) {
        channels.stream()
                .filter(channel -> !type.reaches(channel))
                .forEach(channel -> faults.add("channels must be of " + type.audience()));
        checks
                .computeIfAbsent(type.name(), name -> new ShapeCheck(new Shape(type.schema(), false), json))
                .faults(data)
                .stream()
                .filter(fault -> !type.sensitive().contains(fault.pointer().replaceFirst("^#/", "")))
                .forEach(fault -> faults.add("data" + fault.pointer().substring(1) + " " + fault.detail()));
    }

    /* It is sealed under a person's key, which goes when the person is erased; nobody's key ever would. */
    private static void requirePerson(
            EventType type, String subject, List<String> channels, JsonNode data, List<String> faults) {
        if (type.sensitive().stream().anyMatch(data::has)
                && Audience.person(subject, channels).isEmpty()) {
            faults.add("subject or channels must name the one person whom " + type.sensitive() + " are about");
        }
    }

    private static @Nullable UUID id(ObjectNode line, String name, boolean required, List<String> faults) {
        var text = line.path(name).asText();
        var id = QueryReader.uuid(text);
        if (id == null && (required || line.hasNonNull(name))) {
            faults.add(name + " must be a UUID");
        }
        return id;
    }

    private static Instant time(String text, List<String> faults) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            faults.add("time must be an RFC 3339 time");
            return Instant.EPOCH;
        }
    }
}
