package dev.skelly.node;

import dev.skelly.bus.MessageBus;
import dev.skelly.feature.Platform;
import dev.skelly.health.ReadinessCheck;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * What every step of a node's start works with.
 *
 * @param lifecycle keeps what has started, so that it stops in reverse
 * @param checks collects what {@code /health/ready} asks; confined to the start
 */
record NodeContext(
        Vertx vertx,
        NodeConfig config,
        Platform platform,
        Lifecycle lifecycle,
        MessageBus bus,
        List<ReadinessCheck> checks) {

    /** Deploys a part and remembers to undeploy it. */
    <T extends Deployable> Future<T> deploy(String name, T part) {
        return lifecycle.deploy(vertx, name, part);
    }
}
