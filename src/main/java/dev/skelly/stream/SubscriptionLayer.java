package dev.skelly.stream;

/**
 * A subscription that holds from a position on.
 *
 * @param from events after this position are included
 */
record SubscriptionLayer(Subscription subscription, long from) {

    /** Returns whether it includes an event. */
    boolean includes(EncodedEvent entry) {
        return entry.position() > from && subscription.includes(entry.event());
    }

    /** Returns this layer without what {@code whole} does not read. */
    SubscriptionLayer within(Subscription whole) {
        var channels = subscription.channels().stream()
                .filter(whole.channels()::contains)
                .toList();
        return new SubscriptionLayer(
                new Subscription(channels, subscription.types().within(whole.types()), whole.names()), from);
    }
}
