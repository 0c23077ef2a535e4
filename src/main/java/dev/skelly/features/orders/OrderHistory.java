package dev.skelly.features.orders;

import dev.skelly.event.StoredEvent;
import dev.skelly.feature.Query;
import java.util.List;
import java.util.UUID;

/** Reads the events of an order and of its payment, in the order of the log. */
record OrderHistory(UUID id) implements Query<OrderHistory.Events> {

    /** The events, oldest first, at most 500. */
    record Events(List<StoredEvent> events) {}
}
