package dev.skelly.broker;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * A message that passes through a worker's queue behind its events. When it arrives, every event that the broker accepted before it has left
 * the queue.
 */
public final class QueueProbe {

    private static final String PROPERTY = "skelly_probe";

    private QueueProbe() {}

    /** Creates the durable message to {@code worker}. */
    public static Message write(UUID id, String worker, MessageProof proof) {
        var message = Message.Factory.create();
        message.setDurable(true);
        message.setApplicationProperties(new ApplicationProperties(
                Map.of(PROPERTY, id.toString(), MessageProof.PROPERTY, proof.of(worker, id))));
        return message;
    }

    /** Returns the id in a probe; empty for every other message. */
    public static Optional<UUID> read(Message message) {
        var properties = message.getApplicationProperties();
        return properties == null || properties.getValue() == null
                ? Optional.empty()
                : id(properties.getValue().get(PROPERTY));
    }

    private static Optional<UUID> id(@Nullable Object value) {
        try {
            return value == null ? Optional.empty() : Optional.of(UUID.fromString(value.toString()));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
