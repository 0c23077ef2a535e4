package dev.skelly.stream;

/**
 * A subscription that holds from a position on. While a changed subscription is being caught up with, an event is sent when one of the layers
 * includes it after its position: the old part is not repeated, and the new part begins where it was asked for.
 *
 * @param from events after this position are included
 */
record SubscriptionLayer(Subscription subscription, long from) {

    /** Returns this layer from a later position on; unchanged if it begins later. */
    SubscriptionLayer after(long position) {
        return position <= from ? this : new SubscriptionLayer(subscription, position);
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
