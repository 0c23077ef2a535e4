package dev.skelly.broker;

import dev.skelly.event.StoredEvent;
import io.vertx.amqp.AmqpMessage;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.jspecify.annotations.Nullable;

/**
 * Converts events to and from AMQP 1.0 messages: CloudEvents 1.0 in binary mode. Writes the prefix {@code cloudEvents_}; reads that or
 * {@code cloudEvents:}, values native or as text, as the <a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/amqp-protocol-binding.md">binding</a> requires of receivers.
 */
public final class CloudEventMessage {

    /** Thrown when a message is not an event of Skelly. */
    public static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreadable(String what) {
            super(what, null, false, false);
        }
    }

    private static final String PREFIX = "cloudEvents_";
    private static final String OLD_PREFIX = "cloudEvents:";

    /** The property by which an Artemis broker recognises a message that it has already accepted. */
    private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

    private CloudEventMessage() {}

    /** Returns the queue of a worker's events. */
    public static String queue(String worker) {
        return "skelly.work." + worker;
    }

    /** Creates the durable message that delivers {@code event} to {@code worker}. */
    public static AmqpMessage write(StoredEvent event, String worker) {
        var message = AmqpMessage.create()
                .durable(true)
                .id(event.id().toString())
                .address(queue(worker))
                .contentType("application/json")
                .withBufferAsBody(Buffer.buffer(event.data()))
                .build();
        message.unwrap().setApplicationProperties(new ApplicationProperties(attributes(event, worker)));
        return message;
    }

    /*
     * A CloudEvents Integer has 32 bits, so positions and versions travel as text. The time travels as text, too, because an AMQP timestamp
     * would cut it to milliseconds, and libraries print timestamps in different ways (decision note 0241).
     */
    private static Map<String, Object> attributes(StoredEvent event, String worker) {
        var attributes = new HashMap<String, Object>();
        attributes.put(PREFIX + "specversion", "1.0");
        attributes.put(PREFIX + "id", event.id().toString());
        attributes.put(PREFIX + "type", event.type());
        attributes.put(PREFIX + "source", event.source());
        attributes.put(PREFIX + "subject", event.subject());
        attributes.put(PREFIX + "time", event.time().toString());
        attributes.put(PREFIX + "position", Long.toString(event.position()));
        attributes.put(PREFIX + "dataversion", Integer.toString(event.version()));
        attributes.put(PREFIX + "subjectversion", Long.toString(event.subjectVersion()));
        attributes.put(PREFIX + "correlationid", event.correlation().toString());
        put(attributes, "causationid", event.causation());
        put(attributes, "actor", event.actor());
        put(attributes, "traceparent", event.traceparent());
        attributes.put(DUPLICATE_ID, worker + ":" + event.id());
        return attributes;
    }

    private static void put(Map<String, Object> attributes, String name, @Nullable Object value) {
        if (value != null) {
            attributes.put(PREFIX + name, value.toString());
        }
    }

    /**
     * Reads the event in a message. Its channels are not carried and are empty in the result.
     *
     * @throws Unreadable when an attribute or the data is missing or malformed
     */
    public static StoredEvent read(AmqpMessage message) throws Unreadable {
        var properties = message.unwrap().getApplicationProperties();
        Map<?, ?> attributes = properties == null || properties.getValue() == null ? Map.of() : properties.getValue();
        try {
            return new StoredEvent(
                    Long.parseLong(required(attributes, "position")),
                    UUID.fromString(required(attributes, "id")),
                    required(attributes, "type"),
                    Integer.parseInt(Objects.requireNonNullElse(text(attributes, "dataversion"), "1")),
                    required(attributes, "source"),
                    required(attributes, "subject"),
                    Long.parseLong(required(attributes, "subjectversion")),
                    id(attributes, "actor"),
                    UUID.fromString(required(attributes, "correlationid")),
                    id(attributes, "causationid"),
                    time(attributes),
                    List.of(),
                    data(message),
                    text(attributes, "traceparent"));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new Unreadable("malformed attribute: " + e.getClass().getSimpleName());
        }
    }

    private static String required(Map<?, ?> attributes, String name) throws Unreadable {
        var text = text(attributes, name);
        if (text == null || text.isEmpty() || text.indexOf('\0') >= 0) {
            throw new Unreadable("attribute " + name + " is missing");
        }
        return text;
    }

    private static @Nullable String text(Map<?, ?> attributes, String name) {
        var value = value(attributes, name);
        return value == null ? null : value.toString();
    }

    private static @Nullable Object value(Map<?, ?> attributes, String name) {
        var value = attributes.get(PREFIX + name);
        return value == null ? attributes.get(OLD_PREFIX + name) : value;
    }

    private static @Nullable UUID id(Map<?, ?> attributes, String name) {
        var text = text(attributes, name);
        return text == null ? null : UUID.fromString(text);
    }

    private static Instant time(Map<?, ?> attributes) throws Unreadable {
        return value(attributes, "time") instanceof Date date
                ? date.toInstant()
                : OffsetDateTime.parse(required(attributes, "time")).toInstant();
    }

    private static String data(AmqpMessage message) throws Unreadable {
        var body = message.unwrap().getBody();
        if (body instanceof Data section && section.getValue() != null) {
            return text(section.getValue());
        }
        if (body instanceof AmqpValue section && section.getValue() instanceof String text) {
            return text;
        }
        if (body instanceof AmqpValue section && section.getValue() instanceof Binary bytes) {
            return text(bytes);
        }
        throw new Unreadable("the data is missing");
    }

    private static String text(Binary bytes) {
        return new String(bytes.getArray(), bytes.getArrayOffset(), bytes.getLength(), StandardCharsets.UTF_8);
    }
}
