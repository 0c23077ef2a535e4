package dev.skelly.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skelly.event.StoredEvent;
import dev.skelly.testing.BinaryCloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.vertx.amqp.AmqpMessage;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.junit.jupiter.api.Test;

class CloudEventMessageTest {

    private static final StoredEvent EVENT = new StoredEvent(
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
            Instant.parse("2026-11-01T10:00:00.123456Z"),
            List.of(),
            "{\"name\":\"Ada Lovelace – ünï\"}",
            "00-1-2-01");

    private static final MessageProof PROOF = new MessageProof(new byte[16]);

    @Test
    void writesADurableCloudEventWithADuplicateId() {
        // When
        var message = CloudEventMessage.write(EVENT, "welcome-mail", PROOF);

        // Then
        assertTrue(message.isDurable());
        assertEquals("skelly.work.welcome-mail", message.address());
        assertEquals(EVENT.id().toString(), message.id());
        assertEquals("application/json", message.contentType());
        var properties = message.unwrap().getApplicationProperties().getValue();
        assertEquals("1.0", properties.get("cloudEvents_specversion"));
        assertEquals("user.registered", properties.get("cloudEvents_type"));
        assertEquals("2026-11-01T10:00:00.123456Z", properties.get("cloudEvents_time"));
        assertEquals("welcome-mail:" + EVENT.id(), properties.get("_AMQ_DUPL_ID"));
    }

    @Test
    void readsBackWhatItWrote() throws CloudEventMessage.Unreadable {
        // When
        var event = CloudEventMessage.read(
                CloudEventMessage.write(EVENT, "welcome-mail", PROOF).unwrap());

        // Then
        assertEquals(EVENT, event);
    }

    @Test
    void readsTheOldPrefixAndTextForms() throws CloudEventMessage.Unreadable {
        // Given
        var old = new HashMap<String, Object>();
        written().forEach((name, value) -> old.put(name.replace("cloudEvents_", "cloudEvents:"), value));
        old.put("cloudEvents:time", "2026-11-01T11:00:00.123456+01:00");
        old.put("cloudEvents:position", 5_000_000_000L);

        // When
        var event = CloudEventMessage.read(message(old).unwrap());

        // Then
        assertEquals(EVENT, event);
    }

    @Test
    void readsATimeOfTheBrokersOwnKind() throws CloudEventMessage.Unreadable {
        // Given
        var stamped = new HashMap<>(written());
        stamped.put("cloudEvents_time", Date.from(EVENT.time()));

        // When
        var event = CloudEventMessage.read(message(stamped).unwrap());

        // Then
        assertEquals(Instant.parse("2026-11-01T10:00:00.123Z"), event.time());
    }

    @Test
    void isReadByACloudEventsLibrary() {
        // When
        var event = sdk(CloudEventMessage.write(EVENT, "welcome-mail", PROOF)).event();

        // Then
        assertEquals(EVENT.id().toString(), event.getId());
        assertEquals(EVENT.type(), event.getType());
        assertEquals(EVENT.subject(), event.getSubject());
        assertEquals(EVENT.time(), Objects.requireNonNull(event.getTime()).toInstant());
        assertEquals("application/json", event.getDataContentType());
        assertEquals("5000000000", event.getExtension("position"));
        assertEquals(EVENT.correlation().toString(), event.getExtension("correlationid"));
        assertEquals(
                EVENT.data(), new String(Objects.requireNonNull(event.getData()).toBytes(), UTF_8));
    }

    @Test
    void readsWhatACloudEventsLibraryWrites() throws CloudEventMessage.Unreadable {
        // Given
        var event = CloudEventBuilder.v1()
                .withId(EVENT.id().toString())
                .withType(EVENT.type())
                .withSource(URI.create(EVENT.source()))
                .withSubject(EVENT.subject())
                .withTime(EVENT.time().atOffset(ZoneOffset.ofHours(5)))
                .withData("application/json", EVENT.data().getBytes(UTF_8))
                .withExtension("position", Long.toString(EVENT.position()))
                .withExtension("subjectversion", 3)
                .withExtension("correlationid", EVENT.correlation().toString())
                .withExtension("actor", String.valueOf(EVENT.actor()))
                .withExtension("traceparent", "00-1-2-01")
                .build();

        // When
        var properties = new HashMap<String, Object>();
        var binary = BinaryCloudEvent.of(event);
        binary.attributes().forEach((name, value) -> properties.put("cloudEvents:" + name, value));

        // Then
        assertEquals(EVENT, CloudEventMessage.read(message(properties).unwrap()));
    }

    private static BinaryCloudEvent sdk(AmqpMessage message) {
        var attributes = new HashMap<String, String>();
        message.unwrap().getApplicationProperties().getValue().forEach((name, value) -> {
            if (name.startsWith("cloudEvents_")) {
                attributes.put(name.substring("cloudEvents_".length()), value.toString());
            }
        });
        attributes.put("datacontenttype", message.contentType());
        return new BinaryCloudEvent(attributes, message.bodyAsBinary().getBytes());
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
        assertThrows(
                CloudEventMessage.Unreadable.class,
                () -> CloudEventMessage.read(message(without).unwrap()));
        assertThrows(
                CloudEventMessage.Unreadable.class,
                () -> CloudEventMessage.read(message(wrong).unwrap()));
        assertThrows(CloudEventMessage.Unreadable.class, () -> CloudEventMessage.read(empty.unwrap()));
    }

    private static Map<String, Object> written() {
        return CloudEventMessage.write(EVENT, "w", PROOF)
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
