package dev.skelly.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.event.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.message.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageProofTest {

    private static final UUID ID = new UUID(1, 2);
    private static final StoredEvent EVENT = event(9, ID, "lamp.lit", 1, "lamp:1", null, ID, "{\"watts\":40}");
    private final MessageProof proof = new MessageProof(new byte[] {1, 2, 3});

    private static StoredEvent event(
            long position,
            UUID id,
            String type,
            int version,
            String subject,
            @Nullable UUID actor,
            @Nullable UUID causation,
            String data) {
        return new StoredEvent(
                position,
                id,
                type,
                version,
                "/lamps",
                subject,
                4,
                actor,
                ID,
                causation,
                Instant.parse("2026-11-01T10:00:00.123456Z"),
                List.of("public"),
                data,
                null);
    }

    @Test
    void isOfOneWorkerOneLogAndAllThatAMessageSays() throws CloudEventMessage.Unreadable {
        // Given
        var message = CloudEventMessage.write(EVENT, "mail", proof).unwrap();
        var read = CloudEventMessage.read(message);

        // Then
        assertThat(proof.proves(message, "mail", read)).isTrue();
        assertThat(proof.proves(message, "mails", read)).isFalse();
        assertThat(new MessageProof(new byte[] {1, 2, 4}).proves(message, "mail", read))
                .isFalse();
        for (var other : List.of(
                event(10, ID, "lamp.lit", 1, "lamp:1", null, ID, "{\"watts\":40}"),
                event(9, new UUID(1, 3), "lamp.lit", 1, "lamp:1", null, ID, "{\"watts\":40}"),
                event(9, ID, "lamp.failed", 1, "lamp:1", null, ID, "{\"watts\":40}"),
                event(9, ID, "lamp.lit", 2, "lamp:1", null, ID, "{\"watts\":40}"),
                event(9, ID, "lamp.lit", 1, "lamp:2", null, ID, "{\"watts\":40}"),
                event(9, ID, "lamp.lit", 1, "lamp:1", ID, null, "{\"watts\":40}"),
                event(9, ID, "lamp.lit", 1, "lamp:1", null, null, "{\"watts\":40}"),
                event(9, ID, "lamp.lit", 1, "lamp:1", null, ID, "{\"watts\":41}"))) {
            assertThat(proof.proves(message, "mail", other))
                    .as(other.toString())
                    .isFalse();
        }
    }

    @Test
    void coversEachProperty() throws CloudEventMessage.Unreadable {
        var message = CloudEventMessage.write(EVENT, "mail", proof).unwrap();
        var properties = message.getApplicationProperties().getValue();
        var changes = Map.of(
                "cloudEvents_source", "/lamp",
                "cloudEvents_subjectversion", "5",
                "cloudEvents_correlationid", new UUID(7, 7).toString(),
                "cloudEvents_causationid", new UUID(7, 7).toString(),
                "cloudEvents_time", "2026-11-01T10:00:00.123457Z",
                "cloudEvents_traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        for (var change : changes.entrySet()) {
            var before = properties.put(change.getKey(), change.getValue());
            assertThat(proof.proves(message, "mail", CloudEventMessage.read(message)))
                    .as(change.toString())
                    .isFalse();
            if (before == null) {
                properties.remove(change.getKey());
            } else {
                properties.put(change.getKey(), before);
            }
        }
        assertThat(proof.proves(message, "mail", CloudEventMessage.read(message)))
                .isTrue();
    }

    @Test
    void isNotInAMessageWithoutOne() {
        var message = Message.Factory.create();
        assertThat(proof.proves(message, "mail", EVENT)).isFalse();
        message.setApplicationProperties(new ApplicationProperties(Map.of("skelly_proof", 7)));
        assertThat(proof.proves(message, "mail", EVENT)).isFalse();
        message.setApplicationProperties(new ApplicationProperties(Map.of("skelly_proof", proof.of("mail", ID))));
        assertThat(proof.proves(message, "mail", EVENT)).isFalse();
        assertThat(proof.proves(message, "mail", ID)).isTrue();
        assertThat(proof.proves(message, "mail", new UUID(1, 3))).isFalse();
    }
}
