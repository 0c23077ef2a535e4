package dev.skelly.features.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.cloudevents.CloudEventAttributes;
import dev.skelly.cloudevents.CloudEventForm;
import dev.skelly.cloudevents.CloudEventJson;
import dev.skelly.cloudevents.CloudEventReader;
import dev.skelly.event.Audience;
import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.StoredEvent;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.LogTransfer;
import dev.skelly.schema.StorableJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes and parses an event as a line of JSON: CloudEvents 1.0, with the log's other fields as extension attributes. Not thread-safe. */
final class EventLine {

    /** The maximum length of a line in bytes. */
    static final int BYTES_MAX = LogTransfer.LINE_BYTES_MAX;

    private static final Logger LOGGER = LoggerFactory.getLogger(EventLine.class);
    private static final String NO_OBJECT = "it is not a JSON object";

    private final Supplier<EventTypeRegistry> eventTypes;
    private final JsonMapper json;
    private final LineProof proof;
    private final Map<String, Duration> retentions;
    private final ImportValidator check;

    /**
     * Creates the form of lines.
     *
     * @param retentions limited ones under the names of types that are declared no more
     */
    EventLine(
            Supplier<EventTypeRegistry> eventTypes,
            JsonMapper json,
            LineProof proof,
            Map<String, Duration> retentions) {
        this.eventTypes = eventTypes;
        this.json = json;
        this.proof = proof;
        this.retentions = Map.copyOf(retentions);
        this.check = new ImportValidator(json);
    }

    /**
     * Returns the line of an event, under its type's current name, with the version of its data and a proof. A line with sensitive fields
     * in its data names them. An event that cannot be converted to its type's current version is written as stored.
     *
     * @param stored as the log contains it
     * @param opened the same event, with decrypted fields if they are exported
     */
    String write(StoredEvent stored, StoredEvent opened, String cursor) {
        var event = presented(opened);
        var data = object(event, event.data());
        var line = attributes(event);
        var sensitive = sensitive(stored, opened, data);
        if (!sensitive.isEmpty()) {
            line.put(CloudEventAttributes.SENSITIVE, sensitive.toString());
        }
        retention(event.type()).ifPresent(period -> line.put(CloudEventAttributes.RETENTION, period.toString()));
        line.set(CloudEventAttributes.DATA, data);
        var signed = proof.sign(line);
        line.remove(CloudEventAttributes.DATA);
        line.put(CloudEventAttributes.CURSOR, cursor);
        line.put(CloudEventAttributes.PROOF, signed);
        line.set(CloudEventAttributes.DATA, data);
        return line.toString();
    }

    /* One that cannot be converted is written as it is stored: an export has every event. */
    private StoredEvent presented(StoredEvent event) {
        try {
            return eventTypes.get().present(event);
        } catch (RuntimeException e) {
            LOGGER.atWarn()
                    .addKeyValue("event", event.id())
                    .addKeyValue("failure", e.getClass().getName()) // The message may contain decrypted data.
                    .log("an event cannot be converted to its current version, exported as it is stored");
            return event;
        }
    }

    private ObjectNode attributes(StoredEvent event) {
        var text = new StringBuilder();
        new CloudEventJson(event, CloudEventForm.EXPORT, text).data("{}");
        var attributes = object(event, text.toString());
        attributes.remove(CloudEventAttributes.DATA);
        return attributes;
    }

    /* The decrypted fields, and what the type declares: older data may have such a field in clear. */
    private ArrayNode sensitive(StoredEvent stored, StoredEvent opened, ObjectNode data) {
        var names = new TreeSet<String>();
        if (stored.sealed() != null) {
            object(opened, opened.data()).fieldNames().forEachRemaining(names::add);
            object(stored, stored.data()).fieldNames().forEachRemaining(names::remove);
        }
        if (Audience.person(stored.subject(), stored.channels()).isPresent()) {
            names.addAll(declared(stored.type()));
        }
        var present = json.createArrayNode();
        names.stream().filter(data::has).forEach(present::add);
        return present;
    }

    private Set<String> declared(String type) {
        return eventTypes.get().named(type).map(EventType::sensitive).orElse(Set.of());
    }

    private Optional<Duration> retention(String type) {
        var declared = eventTypes.get().named(type);
        return declared.isPresent() ? declared.map(EventType::retention) : Optional.ofNullable(retentions.get(type));
    }

    private ObjectNode object(StoredEvent event, String text) {
        try {
            if (json.readTree(text) instanceof ObjectNode object) {
                return object;
            }
            throw new IllegalStateException("data of event " + event.id() + " is not a JSON object");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("data of event " + event.id() + " is not JSON", e);
        }
    }

    /**
     * Parses a line.
     *
     * @param bytes without the line end
     * @param faults receives all errors
     * @return empty exactly when there are errors
     */
    Optional<ImportedEvent> read(byte[] bytes, List<String> faults) {
        if (bytes.length > BYTES_MAX) {
            faults.add("it is longer than " + BYTES_MAX + " bytes");
            return Optional.empty();
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            if (json.readTree(text.toString()) instanceof ObjectNode line) {
                return read(line, faults);
            }
            faults.add(NO_OBJECT);
        } catch (CharacterCodingException e) {
            faults.add("it is not UTF-8");
        } catch (JsonProcessingException | ArithmeticException | NumberFormatException e) {
            // Without the parser's own message, which may contain input. The last two exceptions come from a number
            // whose exponent is too long.
            faults.add(NO_OBJECT);
        }
        return Optional.empty();
    }

    private Optional<ImportedEvent> read(ObjectNode line, List<String> faults) {
        var found = new ArrayList<String>();
        var attributes = CloudEventReader.exported(line);
        var event = event(attributes, line.path(CloudEventAttributes.DATA));
        StorableJson.faults(line).forEach(fault -> found.add(said(fault)));
        attributes.faults().forEach(fault -> found.add(said(fault)));
        var origin = proof.origin(line);
        if (origin == LineOrigin.OWN) {
            event = event.proved(OwnExport.read(line, event, declared(event.type()), json, found));
        } else {
            checkToday(event, line.path(CloudEventAttributes.DATA), found);
        }
        if (!found.isEmpty() && !origin.fault().isEmpty()) {
            found.add(origin.fault());
        }
        faults.addAll(found);
        return found.isEmpty() ? Optional.of(event) : Optional.empty();
    }

    private void checkToday(ImportedEvent event, JsonNode data, List<String> found) {
        eventTypes
                .get()
                .named(event.type())
                .ifPresentOrElse(
                        known -> check.check(known, event.subject(), event.channels(), data, found),
                        () -> found.add("type is unknown"));
    }

    private ImportedEvent event(CloudEventReader attributes, JsonNode data) {
        attributes.requireVersion();
        var id = attributes.requiredId(CloudEventAttributes.ID);
        var correlation = attributes.requiredId(CloudEventAttributes.CORRELATION);
        var causation = attributes.id(CloudEventAttributes.CAUSATION);
        var actor = attributes.id(CloudEventAttributes.ACTOR);
        var trace = attributes.trace();
        var time = attributes.time("an RFC 3339 time of the years 1970 to 9999", any -> !any.isBefore(Instant.EPOCH));
        var subject = attributes.required(CloudEventAttributes.SUBJECT);
        var channels = new Audience(List.of(attributes
                        .required(CloudEventAttributes.CHANNELS)
                        .strip()
                        .split(" +")))
                .channels();
        var type = attributes.required(CloudEventAttributes.TYPE);
        return new ImportedEvent(
                id,
                eventTypes.get().named(type).map(EventType::name).orElse(type),
                subject,
                channels,
                data.toString(),
                time,
                actor,
                correlation,
                causation,
                trace,
                null);
    }

    private static String said(FieldError fault) {
        var place = fault.pointer().equals("#") ? "it" : fault.pointer().replaceFirst("^#/", "");
        return place + " " + fault.detail();
    }
}
