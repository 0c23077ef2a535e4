package dev.skelly.features.orders;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where an order is. */
enum OrderState {
    /** Its items are held, its payment was requested. */
    PLACED,
    PAID,
    /** Its items were taken from the stock. */
    CONFIRMED,
    SHIPPED,
    CANCELLED,
    /** Cancelled, and the payment was given back. */
    REFUNDED;

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static OrderState of(String text) {
        return find(text).orElseThrow(() -> new IllegalArgumentException("no state of an order: " + text));
    }

    static Optional<OrderState> find(String text) {
        return Stream.of(values()).filter(state -> state.text().equals(text)).findFirst();
    }
}
