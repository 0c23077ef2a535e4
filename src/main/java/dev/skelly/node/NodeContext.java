package dev.skelly.node;

import dev.skelly.bus.MessageBus;
import dev.skelly.bus.MessageSeal;
import dev.skelly.cluster.ClusterConfig;
import dev.skelly.event.CurrentEventTypes;
import dev.skelly.eventlog.LogSource;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.feature.Platform;
import dev.skelly.feature.UserDirectory;
import dev.skelly.health.ReadinessCheck;
import dev.skelly.mail.MailSender;
import dev.skelly.sandbox.SandboxConfig;
import dev.skelly.sandbox.SandboxWebClient;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The objects that every step of a node's start uses.
 *
 * @param lifecycle keeps the started parts
 * @param checks collects the checks of {@code /health/ready}; confined to the start
 * @param runtime the settings that may change while the node runs
 */
record NodeContext(
        Vertx vertx,
        NodeConfig config,
        NodeEnvironment environment,
        Lifecycle lifecycle,
        MessageBus bus,
        List<ReadinessCheck> checks,
        RuntimeConfig runtime) {

    /** Creates the bus of the node, sealed with the cluster's secret if it is in one. */
    static NodeContext of(Vertx vertx, NodeConfig config, NodeEnvironment environment, Lifecycle lifecycle) {
        var seal = Optional.of(config.cluster())
                .filter(ClusterConfig::enabled)
                .map(cluster ->
                        new MessageSeal(cluster.keys().busKeys(), environment.clock(), cluster.clockTolerance()));
        var bus = new MessageBus(vertx, environment.json(), seal, environment.meters());
        return new NodeContext(
                vertx, config, environment, lifecycle, bus, new ArrayList<>(), new RuntimeConfig(config));
    }

    /**
     * Returns for how long the start may still wait for one thing: nine tenths of its time, so that it fails with a sentence about that thing.
     * Negative when they are over.
     */
    Duration waitLeft() {
        return config.start().timeout().multipliedBy(9).dividedBy(10).minus(lifecycle.age());
    }

    /** Deploys a part and registers its undeployment. */
    <T extends Deployable> Future<T> deploy(String name, T part) {
        return lifecycle.deploy(vertx, name, part);
    }

    /** Creates what features may use, without settings. */
    Platform platform(CommandBus commands, CurrentEventTypes types, LogSource log, Supplier<URI> publicUrl) {
        var isolated = config.part(SandboxConfig.class).enabled();
        return new Platform(
                vertx,
                environment,
                commands,
                types,
                log,
                Features.auditLog(environment),
                UserDirectory.through(commands),
                isolated
                        ? MailSender.none()
                        : MailSender.of(vertx, config.mail(), config.data().dir()),
                publicUrl,
                isolated ? SandboxWebClient.create(vertx) : WebClient.create(vertx),
                null);
    }
}
