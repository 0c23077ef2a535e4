package dev.skelly.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BrokerAddressTest {

    @Test
    void readsEverythingFromTheUrl() {
        // When
        var address = BrokerAddress.parse("amqps://skelly:p:w@broker.example:5699", "other", "other");

        // Then
        assertEquals(new BrokerAddress("broker.example", 5699, "skelly", "p:w", true), address);
    }

    @Test
    void fillsInPortAndLogin() {
        // When
        var address = BrokerAddress.parse("amqp://127.0.0.1", "skelly", "secret");

        // Then
        assertEquals(new BrokerAddress("127.0.0.1", 5672, "skelly", "secret"), address);
    }

    @Test
    void refusesAnotherSchemeWithoutRepeatingThePassword() {
        // When
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> BrokerAddress.parse("tcp://skelly:secret@host", "", ""));

        // Then
        assertFalse(String.valueOf(refusal.getMessage()).contains("secret"));
    }

    @Test
    void showsItselfWithoutThePassword() {
        // When
        var shown = new BrokerAddress("host", 5672, "skelly", "secret").toString();

        // Then
        assertEquals("amqp://skelly@host:5672", shown);
    }
}
