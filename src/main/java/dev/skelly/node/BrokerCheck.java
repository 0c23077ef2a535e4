package dev.skelly.node;

import dev.skelly.health.ReadinessCheck;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Checks that the broker is connected and, if it is embedded, takes messages.
 *
 * @param connected whether the parts of this node that need the broker are connected
 * @param blocked whether the embedded broker takes no messages for lack of disk space
 * @param vital whether the node does nothing else than work over the broker
 */
record BrokerCheck(BooleanSupplier connected, BooleanSupplier blocked, boolean vital) implements ReadinessCheck {

    @Override
    public String name() {
        return "broker";
    }

    @Override
    public Future<Void> check() {
        return connected.getAsBoolean() && !blocked.getAsBoolean()
                ? Future.succeededFuture()
                : Future.failedFuture(sentence());
    }

    @Override
    public Optional<String> detail() {
        return Optional.of(sentence());
    }

    private String sentence() {
        return blocked.getAsBoolean()
                ? "the embedded broker takes no messages, because its disk is nearly full"
                : "the broker is not connected";
    }
}
