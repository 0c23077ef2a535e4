package dev.skelly.stream;

import java.util.List;

/**
 * A subscription with more than before.
 *
 * @param next what is read from now on
 * @param parts what was asked for; together with the former subscription they are {@code next}
 */
record SubscriptionAddition(Subscription next, List<Subscription> parts) {

    SubscriptionAddition {
        parts = List.copyOf(parts);
    }
}
