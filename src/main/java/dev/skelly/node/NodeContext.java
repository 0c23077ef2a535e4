package dev.skelly.node;

import dev.skelly.bus.MessageBus;
import dev.skelly.feature.Platform;
import dev.skelly.health.ReadinessCheck;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * The objects that every step of a node's start uses.
 *
 * @param lifecycle keeps the started parts
 * @param checks collects the checks of {@code /health/ready}; confined to the start
 */
record NodeContext(
        Vertx vertx,
        NodeConfig config,
        Platform platform,
        Lifecycle lifecycle,
        MessageBus bus,
        List<ReadinessCheck> checks) {

    /** Deploys a part and registers its undeployment. */
    <T extends Deployable> Future<T> deploy(String name, T part) {
        return lifecycle.deploy(vertx, name, part);
    }
}
