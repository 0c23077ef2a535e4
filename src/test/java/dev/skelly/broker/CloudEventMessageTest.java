package dev.skelly.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skelly.event.Envelope;
import io.vertx.amqp.AmqpMessage;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.junit.jupiter.api.Test;

class CloudEventMessageTest {

    private static final Envelope EVENT = new Envelope(
            5_000_000_000L,
            new UUID(1, 2),
            "user.registered",
            1,
            "/skelly/accounts",
            "user:7",
            3,
            new UUID(3, 4),
            new UUID(5, 6),
            null,
            Instant.parse("2026-11-01T10:00:00.123Z"),
            List.of(),
            "{\"name\":\"Ada Lovelace – ünï\"}",
            "00-1-2-01");

    @Test
    void writesADurableCloudEventWithADuplicateId() {
        // When
        var message = CloudEventMessage.write(EVENT, "welcome-mail");

        // Then
        assertTrue(message.isDurable());
        assertEquals("skelly.work.welcome-mail", message.address());
        assertEquals(EVENT.id().toString(), message.id());
        assertEquals("application/json", message.contentType());
        var properties = message.unwrap().getApplicationProperties().getValue();
        assertEquals("1.0", properties.get("cloudEvents_specversion"));
        assertEquals("user.registered", properties.get("cloudEvents_type"));
        assertEquals(Date.from(EVENT.time()), properties.get("cloudEvents_time"));
        assertEquals("welcome-mail:" + EVENT.id(), properties.get("_AMQ_DUPL_ID"));
    }

    @Test
    void readsBackWhatItWrote() throws CloudEventMessage.Unreadable {
        // When
        var event = CloudEventMessage.read(CloudEventMessage.write(EVENT, "welcome-mail"));

        // Then
        assertEquals(EVENT, event);
    }

    @Test
    void readsTheOldPrefixAndTextForms() throws CloudEventMessage.Unreadable {
        // Given
        var old = new HashMap<String, Object>();
        written()
                .forEach((name, value) -> old.put(
                        name.replace("cloudEvents_", "cloudEvents:"),
                        value instanceof Date ? "2026-11-01T11:00:00.123+01:00" : value));
        old.put("cloudEvents:position", 5_000_000_000L);

        // When
        var event = CloudEventMessage.read(message(old));

        // Then
        assertEquals(EVENT, event);
    }

    @Test
    void refusesWhatLacksAnAttributeOrData() {
        // Given
        var without = new HashMap<>(written());
        without.remove("cloudEvents_type");
        var wrong = new HashMap<>(written());
        wrong.put("cloudEvents_id", "not an id");
        var empty = AmqpMessage.create().build();

        // Then
        assertThrows(CloudEventMessage.Unreadable.class, () -> CloudEventMessage.read(message(without)));
        assertThrows(CloudEventMessage.Unreadable.class, () -> CloudEventMessage.read(message(wrong)));
        assertThrows(CloudEventMessage.Unreadable.class, () -> CloudEventMessage.read(empty));
    }

    private static Map<String, Object> written() {
        return CloudEventMessage.write(EVENT, "w")
                .unwrap()
                .getApplicationProperties()
                .getValue();
    }

    private static AmqpMessage message(Map<String, Object> properties) {
        var message = AmqpMessage.create().withBody(EVENT.data()).build();
        message.unwrap().setApplicationProperties(new ApplicationProperties(properties));
        return message;
    }
}
