package dev.skelly.features.orders;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;

/** What happens to a product, for everyone who is signed in. */
@Channels("role:user")
public sealed interface ProductEvent extends Event {

    /** The product's name in the shop's books. */
    String sku();

    @Override
    default String subject() {
        return "product:" + sku();
    }

    @Override
    default Audience audience() {
        return Audience.of(Audience.role("user"));
    }

    /**
     * The product was added or changed.
     *
     * @param stock number of pieces in the warehouse, with those that are held for orders
     */
    @EventName("product.updated")
    @Description("A product was added or changed.")
    record ProductUpdated(String sku, String name, int priceCents, int stock) implements ProductEvent {}
}
