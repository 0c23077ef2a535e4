package dev.skelly.stream;

import java.util.List;
import java.util.UUID;

/**
 * Asks the node of an open stream to change its subscription.
 *
 * @param connection the public id of the stream
 * @param account of the caller, whose stream it must be
 */
record SubscriptionChange(String connection, UUID account, SubscriptionTerms add, SubscriptionTerms remove) {

    /**
     * Channels and types, as the caller wrote them.
     *
     * @param types each whole or ending in {@code .*}
     */
    record SubscriptionTerms(List<String> channels, List<String> types) {

        static final SubscriptionTerms NONE = new SubscriptionTerms(List.of(), List.of());

        SubscriptionTerms {
            channels = List.copyOf(channels);
            types = List.copyOf(types);
        }

        boolean isEmpty() {
            return channels.isEmpty() && types.isEmpty();
        }
    }
}
