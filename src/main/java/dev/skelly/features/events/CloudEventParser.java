package dev.skelly.features.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Ids;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Request;
import dev.skelly.schema.JsonPointers;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Parses the three forms of an event: our own, and CloudEvents 1.0 structured or binary
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md).
 */
final class CloudEventParser {

    static final String STRUCTURED = "application/cloudevents+json";
    static final String BATCH = "application/cloudevents-batch+json";

    private static final int NAME_CHARS_MAX = 200;
    private static final String TIME = "must be an RFC 3339 time";
    private static final List<String> OWN = List.of("type", "data", "subject", "channel", "id");

    /** The attributes that are read. Source, time and schema are set by the server and ignored here; a trace comes in its own header. */
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

    /** The headers of the binary form that are read. */
    private static final Set<String> READ =
            Set.of("specversion", "id", "type", "source", "dataschema", "time", "subject", "channel");

    private static final String HEADER = "ce-";

    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,100}");

    private CloudEventParser() {}

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
     * Parses our own form.
     *
     * @throws Problem 422 with all errors
     */
    static EmitRequest own(JsonNode event) {
        var fields = new EventFieldReader(event);
        fields.noneBut(OWN);
        return incoming(event, fields);
    }

    /**
     * Parses a structured CloudEvent.
     *
     * @throws Problem 422 with all errors
     */
    static EmitRequest cloud(JsonNode sent) {
        var event = withoutNulls(sent);
        var fields = new EventFieldReader(event);
        extensions(event, fields);
        fields.requirePresent("id");
        version(fields, fields.required("specversion", NAME_CHARS_MAX));
        fields.requirePresent("source");
        time(fields, Optional.ofNullable(fields.optional("time", NAME_CHARS_MAX)));
        contentType(fields, Optional.ofNullable(fields.optional("datacontenttype", NAME_CHARS_MAX)));
        return incoming(event, fields);
    }

    private static EmitRequest incoming(JsonNode event, EventFieldReader fields) {
        var incoming = new EmitRequest(
                fields.id("id"),
                fields.required("type", NAME_CHARS_MAX),
                event.path("data"),
                fields.optional("subject", NAME_CHARS_MAX),
                fields.optional("channel", NAME_CHARS_MAX));
        fields.check();
        return incoming;
    }

    /* A null attribute counts as absent in the JSON format. Null data is data. */
    private static JsonNode withoutNulls(JsonNode sent) {
        if (sent.isObject() && sent.properties().stream().anyMatch(CloudEventParser::unset)) {
            var event = JsonNodeFactory.instance.objectNode();
            sent.properties().stream()
                    .filter(field -> !unset(field))
                    .forEach(field -> event.set(field.getKey(), field.getValue()));
            return event;
        }
        return sent;
    }

    private static boolean unset(Map.Entry<String, JsonNode> field) {
        return field.getValue().isNull() && !field.getKey().equals("data");
    }

    /* Ignores extensions of others, but validates their names and types (decision note 0240). */
    private static void extensions(JsonNode event, EventFieldReader fields) {
        for (var field : event.properties()) {
            var name = field.getKey();
            if (STAMPED.contains(name)) {
                fields.fault(name, "stamped", "is set by the server and cannot be sent");
            } else if (name.equals("data_base64")) {
                fields.fault(name, "unsupported", "is not supported: send data as JSON");
            } else if (!CLOUD.contains(name) && !EXTENSION.matcher(name).matches()) {
                fields.fault(
                        JsonPointers.token(name),
                        "unknown",
                        "is not an attribute name: use lower-case letters and digits");
            } else if (!CLOUD.contains(name) && !simple(field.getValue())) {
                fields.fault(name, "type", "must be a text, a whole number, true or false");
            }
        }
    }

    private static boolean simple(JsonNode value) {
        return value.isTextual() || value.isBoolean() || (value.isIntegralNumber() && value.canConvertToInt());
    }

    private static void version(EventFieldReader fields, String version) {
        if (!version.isEmpty() && !version.equals("1.0")) {
            fields.fault("specversion", "const", "must be 1.0");
        }
    }

    private static void time(EventFieldReader fields, Optional<String> time) {
        if (time.isPresent() && !rfc3339(time.get())) {
            fields.fault("time", "format", TIME);
        }
    }

    private static void contentType(EventFieldReader fields, Optional<String> type) {
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
     * Parses a binary CloudEvent: attributes are in headers, the body is the data.
     *
     * @throws Problem 422 with all errors
     */
    static EmitRequest binary(Request request, JsonNode data) {
        var faults = new ArrayList<FieldError>();
        var version = header(request, "specversion", faults);
        if (!version.equals(Optional.of("1.0"))) {
            faults.add(new FieldError("ce-specversion", "const", "must be 1.0"));
        }
        var id = header(request, "id", faults);
        var uuid = id.flatMap(Ids::read);
        if (id.isPresent() && uuid.isEmpty()) {
            faults.add(new FieldError("ce-id", "format", "must be a UUID"));
        }
        var type = header(request, "type", faults);
        header(request, "source", faults);
        header(request, "dataschema", faults);
        for (var name : List.of("id", "type", "source")) {
            if (given(request, name).isEmpty()) {
                faults.add(new FieldError(HEADER + name, "required", "must be given"));
            }
        }
        if (header(request, "time", faults).filter(time -> !rfc3339(time)).isPresent()) {
            faults.add(new FieldError("ce-time", "format", TIME));
        }
        extensions(request, faults);
        var subject = header(request, "subject", faults);
        var channel = header(request, "channel", faults);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        UUID chosen = uuid.orElseThrow();
        return new EmitRequest(chosen, type.orElseThrow(), data, subject.orElse(null), channel.orElse(null));
    }

    /* A header whose name no extension can have belongs to another program. */
    private static void extensions(Request request, List<FieldError> faults) {
        for (var header : request.headerNames()) {
            var name = header.startsWith(HEADER) ? header.substring(HEADER.length()) : "";
            if (STAMPED.contains(name)) {
                faults.add(new FieldError(header, "stamped", "is set by the server and cannot be sent"));
            } else if (EXTENSION.matcher(name).matches()
                    && !READ.contains(name)
                    && given(request, name)
                            .map(PercentDecoder::decode)
                            .filter(Optional::isEmpty)
                            .isPresent()) {
                faults.add(new FieldError(header, "format", "must be percent-encoded UTF-8"));
            }
        }
    }

    private static Optional<String> given(Request request, String name) {
        return request.header(HEADER + name).filter(text -> !text.isEmpty());
    }

    @CanIgnoreReturnValue // Some attributes are validated and ignored.
    private static Optional<String> header(Request request, String name, List<FieldError> faults) {
        var raw = given(request, name);
        if (raw.isEmpty()) {
            return raw;
        }
        var text = PercentDecoder.decode(raw.get());
        if (text.isEmpty() || text.get().length() > NAME_CHARS_MAX) {
            faults.add(new FieldError(
                    HEADER + name,
                    "format",
                    "must be percent-encoded UTF-8 of at most " + NAME_CHARS_MAX + " characters"));
            return Optional.empty();
        }
        return text;
    }
}
