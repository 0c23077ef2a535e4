package dev.skelly.features.orders;

import dev.skelly.feature.Command;
import java.util.List;
import java.util.UUID;

/**
 * Places an order. Fails with 422 for unknown products, and with 409 {@code out-of-stock} if an item cannot be held, both naming each of them.
 *
 * @param token what stands for the means of payment
 */
record PlaceOrder(UUID id, UUID customer, List<OrderEvent.Item> items, String token) implements Command<Void> {

    PlaceOrder {
        items = List.copyOf(items);
    }
}
