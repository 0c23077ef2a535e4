package dev.skelly.features.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.event.Audience;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.StoredEvent;
import dev.skelly.event.TraceParent;
import dev.skelly.feature.Ids;
import dev.skelly.schema.StorableJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Encodes and parses an event as a line of JSON: CloudEvents 1.0, with the log's other fields as extension attributes. Not thread-safe. */
final class EventLine {

    /** The maximum length of a line in bytes. */
    static final int BYTES_MAX = 1_048_576;

    private static final String NO_OBJECT = "it is not a JSON object";

    /* The database cannot store later times, nor times long before. */
    private static final Instant TIME_END = Instant.parse("+10000-01-01T00:00:00Z");

    private final EventTypeRegistry catalogue;
    private final JsonMapper json;
    private final ImportValidator check;

    EventLine(EventTypeRegistry catalogue, JsonMapper json) {
        this.catalogue = catalogue;
        this.json = json;
        this.check = new ImportValidator(json);
    }

    /** Returns the line of an event, under its type's current name. */
    String write(StoredEvent event, String cursor) {
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
            throw new IllegalStateException("data of event " + event.id() + " is not JSON", e);
        }
        return line.toString();
    }

    private static void put(ObjectNode line, String name, @Nullable Object value) {
        if (value != null) {
            line.put(name, value.toString());
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
            // whose
            // exponent is too long.
            faults.add(NO_OBJECT);
        }
        return Optional.empty();
    }

    private Optional<ImportedEvent> read(ObjectNode line, List<String> faults) {
        var found = new ArrayList<String>();
        for (var fault : StorableJson.faults(line)) {
            found.add((fault.pointer().equals("#") ? "it" : fault.pointer().substring(2)) + " " + fault.detail());
        }
        if (!line.path("specversion").asText().equals("1.0")) {
            found.add("specversion must be 1.0");
        }
        var id = id(line, "id", true, found);
        var correlation = id(line, "correlationid", true, found);
        var causation = id(line, "causationid", false, found);
        var actor = id(line, "actor", false, found);
        var trace = trace(line, found);
        var time = time(line.path("time").asText(), found);
        var subject = line.path("subject").asText();
        var channels =
                new Audience(List.of(line.path("channels").asText().strip().split(" +"))).channels();
        var data = line.path("data");
        var type = catalogue.named(line.path("type").asText());
        type.ifPresentOrElse(
                known -> check.check(known, subject, channels, data, found), () -> found.add("type is unknown"));
        faults.addAll(found);
        if (!found.isEmpty() || id == null || correlation == null || type.isEmpty()) {
            return Optional.empty();
        }
        var name = type.get().name();
        return Optional.of(new ImportedEvent(
                id, name, subject, channels, data.toString(), time, actor, correlation, causation, trace));
    }

    private static @Nullable UUID id(ObjectNode line, String name, boolean required, List<String> faults) {
        var text = line.path(name).asText();
        var id = Ids.read(text).orElse(null);
        if (id == null && (required || line.hasNonNull(name))) {
            faults.add(name + " must be a UUID");
        }
        return id;
    }

    private static @Nullable String trace(ObjectNode line, List<String> faults) {
        if (!line.hasNonNull("traceparent")) {
            return null;
        }
        var trace = line.path("traceparent").asText();
        if (!TraceParent.isSound(trace)) {
            faults.add("traceparent must have the form of W3C Trace Context");
        }
        return trace;
    }

    private static Instant time(String text, List<String> faults) {
        try {
            var time = OffsetDateTime.parse(text).toInstant();
            if (!time.isBefore(Instant.EPOCH) && time.isBefore(TIME_END)) {
                return time;
            }
        } catch (DateTimeException e) {
            // Reported below.
        }
        faults.add("time must be an RFC 3339 time of the years 1970 to 9999");
        return Instant.EPOCH;
    }
}
