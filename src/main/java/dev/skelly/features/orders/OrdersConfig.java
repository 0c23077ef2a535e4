package dev.skelly.features.orders;

import java.time.Duration;

/**
 * Settings of orders, under {@code orders}.
 *
 * @param payWithin time after which an unpaid order is cancelled, 1 s to 30 days
 */
public record OrdersConfig(Duration payWithin) {

    private static final Duration MAX = Duration.ofDays(30);

    /** The default settings. */
    public static final OrdersConfig DEFAULT = new OrdersConfig(Duration.ofMinutes(15));

    /** Rejects a time that is no time to pay. */
    public OrdersConfig {
        if (payWithin.compareTo(Duration.ofSeconds(1)) < 0 || payWithin.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(
                    "orders.pay-within: " + payWithin.toSeconds() + " s (expected: 1 s to 30 days)");
        }
    }
}
