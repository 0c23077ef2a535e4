package dev.skelly.broker;

import dev.skelly.cloudevents.CloudEventAttributes;
import dev.skelly.cloudevents.CloudEventProperties;
import dev.skelly.event.StoredEvent;
import dev.skelly.feature.Problem;
import io.vertx.amqp.AmqpMessage;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;

/** Converts events to and from AMQP 1.0 messages: CloudEvents 1.0 in binary mode. */
public final class CloudEventMessage {

    /** Thrown when a message is not an event of Skelly. */
    public static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreadable(String what) {
            super(what, null, false, false);
        }
    }

    /** The property by which an Artemis broker recognises a message that it has already accepted. */
    private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

    private CloudEventMessage() {}

    /** Returns the queue of a worker's events. */
    public static String queue(String worker) {
        return "skelly.work." + worker;
    }

    /** Creates the durable message that delivers {@code event} to {@code worker}. */
    public static AmqpMessage write(StoredEvent event, String worker, MessageProof proof) {
        return message(event, worker, proof, worker + ":" + event.id());
    }

    /**
     * Creates the durable message that delivers {@code event} to {@code worker} again, also when the broker remembers the first one.
     *
     * @param round distinguishes this time from others
     */
    public static AmqpMessage again(StoredEvent event, String worker, MessageProof proof, UUID round) {
        return message(event, worker, proof, worker + ":" + event.id() + ":" + round);
    }

    private static AmqpMessage message(StoredEvent event, String worker, MessageProof proof, String duplicateId) {
        var properties = CloudEventProperties.write(event);
        properties.put(DUPLICATE_ID, duplicateId);
        properties.put(MessageProof.PROPERTY, proof.of(worker, event));
        var message = AmqpMessage.create()
                .durable(true)
                .id(event.id().toString())
                .address(queue(worker))
                .contentType(CloudEventAttributes.JSON)
                .withBufferAsBody(Buffer.buffer(event.data()))
                .build();
        message.unwrap().setApplicationProperties(new ApplicationProperties(properties));
        return message;
    }

    /**
     * Reads the event in a message. Its channels are not carried and are empty in the result.
     *
     * @throws Unreadable when an attribute or the data is missing or malformed
     */
    public static StoredEvent read(Message message) throws Unreadable {
        var properties = message.getApplicationProperties();
        Map<?, ?> attributes = properties == null || properties.getValue() == null ? Map.of() : properties.getValue();
        try {
            return CloudEventProperties.read(attributes, data(message));
        } catch (Problem problem) {
            throw new Unreadable(problem.faults().stream()
                    .map(fault -> "attribute " + fault.pointer() + " " + fault.detail())
                    .collect(Collectors.joining(", ")));
        }
    }

    private static String data(Message message) throws Unreadable {
        var body = message.getBody();
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
