package dev.skelly.emission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.feature.Fault;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Request;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The forms in which an event may come: our own, and CloudEvents 1.0 structured or binary
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md).
 */
final class EventForms {

    static final String STRUCTURED = "application/cloudevents+json";
    static final String BATCH = "application/cloudevents-batch+json";

    private static final int NAME_CHARS_MAX = 200;
    private static final List<String> OWN = List.of("type", "data", "subject", "channel", "id");

    /** What an envelope may say; source, time and schema are ours to say and passed over, a trace comes by its own header. */
    private static final List<String> CLOUD = List.of(
            "specversion",
            "id",
            "source",
            "type",
            "subject",
            "time",
            "datacontenttype",
            "dataschema",
            "data",
            "channel",
            "traceparent",
            "tracestate");

    private static final Set<String> STAMPED =
            Set.of("actor", "correlationid", "causationid", "position", "subjectversion");

    private EventForms() {}

    static boolean structured(Request request) {
        return mediaType(request).equals(STRUCTURED);
    }

    static boolean batch(Request request) {
        return mediaType(request).equals(BATCH);
    }

    static boolean binary(Request request) {
        return request.header("ce-specversion").isPresent();
    }

    private static String mediaType(Request request) {
        var header = request.header("Content-Type").orElse("");
        return header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Our own form.
     *
     * @throws Problem 422 with every fault
     */
    static Incoming own(JsonNode event) {
        var fields = new Fields(event);
        fields.noneBut(OWN);
        var incoming = new Incoming(
                fields.id("id"),
                fields.required("type", NAME_CHARS_MAX),
                event.path("data"),
                fields.optional("subject", NAME_CHARS_MAX),
                fields.optional("channel", NAME_CHARS_MAX));
        fields.check();
        return incoming;
    }

    /**
     * CloudEvents, structured.
     *
     * @throws Problem 422 with every fault
     */
    static Incoming cloud(JsonNode event) {
        var fields = new Fields(event);
        event.fieldNames().forEachRemaining(name -> {
            if (STAMPED.contains(name)) {
                fields.fault(name, "stamped", "is stamped here and cannot be sent");
            } else if (name.equals("data_base64")) {
                fields.fault(name, "unsupported", "is not taken: send data as JSON");
            }
        });
        var known = new ArrayList<>(CLOUD);
        known.addAll(STAMPED);
        known.add("data_base64");
        fields.noneBut(known);
        fields.requirePresent("id");
        version(fields, fields.required("specversion", NAME_CHARS_MAX));
        fields.requirePresent("source");
        time(fields, Optional.ofNullable(fields.optional("time", NAME_CHARS_MAX)));
        contentType(fields, Optional.ofNullable(fields.optional("datacontenttype", NAME_CHARS_MAX)));
        var incoming = new Incoming(
                fields.id("id"),
                fields.required("type", NAME_CHARS_MAX),
                event.path("data"),
                fields.optional("subject", NAME_CHARS_MAX),
                fields.optional("channel", NAME_CHARS_MAX));
        fields.check();
        return incoming;
    }

    private static void version(Fields fields, String version) {
        if (!version.isEmpty() && !version.equals("1.0")) {
            fields.fault("specversion", "const", "must be 1.0");
        }
    }

    private static void time(Fields fields, Optional<String> time) {
        if (time.isPresent() && !rfc3339(time.get())) {
            fields.fault("time", "format", "must be a time as RFC 3339 writes it");
        }
    }

    private static void contentType(Fields fields, Optional<String> type) {
        var base = type.orElse("application/json").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!base.equals("application/json") && !base.endsWith("+json")) {
            fields.fault("datacontenttype", "unsupported", "must be application/json");
        }
    }

    private static boolean rfc3339(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /**
     * CloudEvents, binary: attributes in headers, the body is the data.
     *
     * @throws Problem 422 with every fault
     */
    static Incoming binary(Request request, JsonNode data) {
        var faults = new ArrayList<Fault>();
        var version = header(request, "specversion", faults);
        if (!version.equals(Optional.of("1.0"))) {
            faults.add(new Fault("ce-specversion", "const", "must be 1.0"));
        }
        var id = header(request, "id", faults);
        var uuid = id.map(Fields::uuid);
        if (uuid.isEmpty()) {
            faults.add(id.isEmpty() ? missing("ce-id") : new Fault("ce-id", "format", "must be a UUID"));
        }
        var type = header(request, "type", faults);
        for (var name : List.of("type", "source")) {
            if (header(request, name, new ArrayList<>()).isEmpty()) {
                faults.add(missing("ce-" + name));
            }
        }
        STAMPED.stream()
                .filter(name -> request.header("ce-" + name).isPresent())
                .forEach(name -> faults.add(new Fault("ce-" + name, "stamped", "is stamped here and cannot be sent")));
        var subject = header(request, "subject", faults);
        var channel = header(request, "channel", faults);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        UUID chosen = uuid.orElseThrow();
        return new Incoming(chosen, type.orElseThrow(), data, subject.orElse(null), channel.orElse(null));
    }

    private static Fault missing(String header) {
        return new Fault(header, "required", "must be given");
    }

    private static Optional<String> header(Request request, String name, List<Fault> faults) {
        var raw = request.header("ce-" + name).filter(text -> !text.isEmpty());
        if (raw.isEmpty()) {
            return raw;
        }
        var text = PercentText.decode(raw.get());
        if (text.isEmpty() || text.get().length() > NAME_CHARS_MAX) {
            faults.add(new Fault(
                    "ce-" + name,
                    "format",
                    "must be percent-encoded UTF-8 of at most " + NAME_CHARS_MAX + " characters"));
            return Optional.empty();
        }
        return text;
    }
}
