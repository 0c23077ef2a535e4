package dev.skelly.features.orders;

import dev.skelly.feature.Query;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds an order, as it is or as it was. Fails with 404 if there is none, or was none then.
 *
 * @param position of the log at which it was so; null for another point
 * @param time at which it was so; null for another point
 */
record FindOrder(UUID id, @Nullable Long position, @Nullable Instant time) implements Query<OrderView> {}
