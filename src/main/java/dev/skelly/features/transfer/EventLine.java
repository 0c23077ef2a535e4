package dev.skelly.features.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.cloudevents.CloudEventAttributes;
import dev.skelly.cloudevents.CloudEventForm;
import dev.skelly.cloudevents.CloudEventJson;
import dev.skelly.cloudevents.CloudEventReader;
import dev.skelly.event.Audience;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.StoredEvent;
import dev.skelly.feature.FieldError;
import dev.skelly.schema.StorableJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Encodes and parses an event as a line of JSON: CloudEvents 1.0, with the log's other fields as extension attributes. Not thread-safe. */
final class EventLine {

    /** The maximum length of a line in bytes. */
    static final int BYTES_MAX = 1_048_576;

    private static final String NO_OBJECT = "it is not a JSON object";

    private final Supplier<EventTypeRegistry> eventTypes;
    private final JsonMapper json;
    private final ImportValidator check;

    EventLine(Supplier<EventTypeRegistry> eventTypes, JsonMapper json) {
        this.eventTypes = eventTypes;
        this.json = json;
        this.check = new ImportValidator(json);
    }

    /** Returns the line of an event, under its type's current name. */
    String write(StoredEvent event, String cursor) {
        var line = new StringBuilder(event.data().length() + 512);
        var form = new CloudEventJson(event, CloudEventForm.EXPORT, line);
        form.text(CloudEventAttributes.CURSOR, cursor);
        form.data(compact(event));
        return line.toString();
    }

    /* The database puts blanks between the fields. */
    private String compact(StoredEvent event) {
        try {
            return json.readTree(event.data()).toString();
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
        var attributes = CloudEventReader.exported(line);
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
        var type = eventTypes.get().named(attributes.required(CloudEventAttributes.TYPE));
        var data = line.path(CloudEventAttributes.DATA);
        var found = new ArrayList<String>();
        StorableJson.faults(line).forEach(fault -> found.add(said(fault)));
        attributes.faults().forEach(fault -> found.add(said(fault)));
        type.ifPresentOrElse(
                known -> check.check(known, subject, channels, data, found), () -> found.add("type is unknown"));
        faults.addAll(found);
        return found.isEmpty()
                ? type.map(known -> new ImportedEvent(
                        id,
                        known.name(),
                        subject,
                        channels,
                        data.toString(),
                        time,
                        actor,
                        correlation,
                        causation,
                        trace))
                : Optional.empty();
    }

    private static String said(FieldError fault) {
        var place = fault.pointer().equals("#") ? "it" : fault.pointer().replaceFirst("^#/", "");
        return place + " " + fault.detail();
    }
}
