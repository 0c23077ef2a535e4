package dev.skelly.cloudevents;

import static dev.skelly.cloudevents.CloudEventAttributes.ACTOR;
import static dev.skelly.cloudevents.CloudEventAttributes.CAUSATION;
import static dev.skelly.cloudevents.CloudEventAttributes.CORRELATION;
import static dev.skelly.cloudevents.CloudEventAttributes.DATA_VERSION;
import static dev.skelly.cloudevents.CloudEventAttributes.ID;
import static dev.skelly.cloudevents.CloudEventAttributes.POSITION;
import static dev.skelly.cloudevents.CloudEventAttributes.SOURCE;
import static dev.skelly.cloudevents.CloudEventAttributes.SPECVERSION;
import static dev.skelly.cloudevents.CloudEventAttributes.SUBJECT;
import static dev.skelly.cloudevents.CloudEventAttributes.SUBJECT_VERSION;
import static dev.skelly.cloudevents.CloudEventAttributes.TRACEPARENT;
import static dev.skelly.cloudevents.CloudEventAttributes.TYPE;
import static dev.skelly.cloudevents.CloudEventAttributes.VERSION;

import dev.skelly.event.StoredEvent;
import dev.skelly.feature.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Converts the attributes of events to and from the application properties of AMQP messages. Writes the prefix {@code cloudEvents_}; reads
 * that or {@code cloudEvents:}, values native or as text, as the <a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/amqp-protocol-binding.md">binding</a> requires of receivers.
 */
public final class CloudEventProperties {

    /** What the names of the properties begin with. */
    public static final String PREFIX = "cloudEvents_";

    private CloudEventProperties() {}

    /**
     * Returns the properties, modifiable.
     *
     * <p>A CloudEvents Integer has 32 bits, so positions and versions travel as text. The time travels as text, too, because an AMQP
     * timestamp would cut it to milliseconds, and libraries print timestamps in different ways (decision note 0241).
     */
    public static Map<String, Object> write(StoredEvent event) {
        var properties = new HashMap<String, Object>();
        properties.put(PREFIX + SPECVERSION, VERSION);
        CloudEventAttributes.write(event, CloudEventForm.BROKER, new CloudEventAttributes.Sink() {
            @Override
            public void text(String name, String value) {
                properties.put(PREFIX + name, value);
            }

            @Override
            public void number(String name, long value) {
                properties.put(PREFIX + name, Long.toString(value));
            }
        });
        return properties;
    }

    /**
     * Reads an event. Its channels are not carried and are empty in the result.
     *
     * @param data of the event, JSON text
     * @throws Problem with all attributes that are missing or malformed
     */
    public static StoredEvent read(Map<?, ?> properties, String data) {
        var attributes = new PropertyAttributes(properties);
        attributes.requireVersion();
        var event = new StoredEvent(
                attributes.number(POSITION, Long.MAX_VALUE),
                attributes.requiredId(ID),
                attributes.required(TYPE),
                attributes.has(DATA_VERSION) ? (int) attributes.number(DATA_VERSION, Integer.MAX_VALUE) : 1,
                attributes.required(SOURCE),
                attributes.required(SUBJECT),
                attributes.number(SUBJECT_VERSION, Long.MAX_VALUE),
                attributes.id(ACTOR),
                attributes.requiredId(CORRELATION),
                attributes.id(CAUSATION),
                attributes.time("an RFC 3339 time", any -> true),
                List.of(),
                data,
                attributes.optional(TRACEPARENT));
        attributes.check();
        return event;
    }
}
