package dev.skelly.cloudevents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.event.JsonMediaType;
import dev.skelly.feature.Problem;
import dev.skelly.schema.JsonPointers;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Attributes that are fields of a JSON object. */
final class JsonAttributes extends CloudEventReader {

    private static final Set<String> OWN = Set.of(
            CloudEventAttributes.TYPE,
            CloudEventAttributes.DATA,
            CloudEventAttributes.SUBJECT,
            CloudEventAttributes.CHANNEL,
            CloudEventAttributes.ID);

    /** The attributes that are not extensions. The schema is set by the server and ignored here; a trace comes in its own header. */
    private static final Set<String> KNOWN = Set.of(
            CloudEventAttributes.SPECVERSION,
            CloudEventAttributes.ID,
            CloudEventAttributes.SOURCE,
            CloudEventAttributes.TYPE,
            CloudEventAttributes.SUBJECT,
            CloudEventAttributes.TIME,
            CloudEventAttributes.DATACONTENTTYPE,
            CloudEventAttributes.DATASCHEMA,
            CloudEventAttributes.DATA,
            CloudEventAttributes.CHANNEL,
            CloudEventAttributes.TRACEPARENT,
            "tracestate");

    private final JsonNode event;
    private final boolean nullsAbsent;

    JsonAttributes(JsonNode event, boolean nullsAbsent, String place, int charsMax) {
        super(place, charsMax);
        this.event = event;
        this.nullsAbsent = nullsAbsent;
        if (!event.isObject()) {
            throw Problem.invalid("#", "type", "must be of type object");
        }
    }

    void checkOwn() {
        event.fieldNames().forEachRemaining(name -> {
            if (!OWN.contains(name)) {
                fault(JsonPointers.token(name), "unknown", "is not a field here");
            }
        });
    }

    void checkExtensions() {
        for (var field : event.properties()) {
            var name = field.getKey();
            if (!has(name) || KNOWN.contains(name) || isStamped(name)) {
                continue;
            }
            if (name.equals("data_base64")) {
                fault(name, "unsupported", "is not supported: send data as JSON");
            } else if (!EXTENSION.matcher(name).matches()) {
                fault(
                        JsonPointers.token(name),
                        "unknown",
                        "is not an attribute name: use lower-case letters and digits");
            } else if (!simple(field.getValue())) {
                fault(name, "type", "must be a text, a whole number, true or false");
            }
        }
        checkContentType();
    }

    private static boolean simple(JsonNode value) {
        return value.isTextual() || value.isBoolean() || (value.isIntegralNumber() && value.canConvertToInt());
    }

    private void checkContentType() {
        var type = optional(CloudEventAttributes.DATACONTENTTYPE);
        if (type != null && !JsonMediaType.is(type)) {
            fault(
                    CloudEventAttributes.DATACONTENTTYPE,
                    "unsupported",
                    "must be application/json or another media type of JSON");
        }
    }

    @Override
    @Nullable
    Object value(String name) {
        var value = event.get(name);
        return value == null || (nullsAbsent && value.isNull()) ? null : value;
    }

    @Override
    @Nullable
    String text(String name, Object value) {
        if (value instanceof JsonNode node && node.isTextual()) {
            return node.textValue();
        }
        fault(name, "type", "must be of type string");
        return null;
    }
}
