package dev.skelly.node;

import dev.skelly.broker.BrokerAccess;
import dev.skelly.command.CommandExecutor;
import dev.skelly.database.ConnectionPools;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.feature.InstalledFeature;
import dev.skelly.feature.LeaderTask;
import dev.skelly.feature.Worker;
import dev.skelly.relay.Relay;
import dev.skelly.relay.ScheduledJobs;
import dev.skelly.worker.EmitterNotifications;
import dev.skelly.worker.WorkEngine;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Starts the relay and the work engine, which move events from the log to the workers; each if the node has its role.
 *
 * @param blocked whether the embedded broker takes no messages for lack of disk space
 */
record EventFlowPart(
        NodeContext context,
        DatabaseServices here,
        Supplier<EventTypeRegistry> types,
        List<InstalledFeature> features,
        BooleanSupplier blocked) {

    Future<Void> startRelay(BrokerAccess broker) {
        var config = context.config();
        if (!config.has(NodeRole.RELAY)) {
            return Future.succeededFuture();
        }
        var relay = new Relay(
                context.environment(),
                ConnectionPools.connectOptions(here.address(), config.db(), "skelly-relay"),
                context.bus(),
                broker,
                config.relay(),
                workers(),
                leaderTasks());
        context.checks().add(check(() -> relay.broker().up()));
        context.checks()
                .add(new UndeclaredWorkers(
                        here.pool(), workers(), context.environment().meters()));
        return context.deploy("relay", relay).mapEmpty();
    }

    Future<Void> startWork(BrokerAccess broker, CommandExecutor executor, EmitterNotifications notifications) {
        var config = context.config();
        if (!config.has(NodeRole.WORK)) {
            return Future.succeededFuture();
        }
        var engine = new WorkEngine(
                context.environment(), here.pool(), executor, notifications, types, broker, config.work(), workers());
        if (!config.has(NodeRole.RELAY)) {
            context.checks().add(check(() -> engine.broker().up()));
        }
        return context.deploy("work", engine).mapEmpty();
    }

    /* A node that serves requests does so without the broker. */
    private BrokerCheck check(BooleanSupplier connected) {
        return new BrokerCheck(connected, blocked, !context.config().has(NodeRole.HTTP));
    }

    private List<Worker> workers() {
        return features.stream().flatMap(feature -> feature.workers().stream()).toList();
    }

    private List<LeaderTask> leaderTasks() {
        return Stream.<LeaderTask>concat(
                        Stream.of(here.dailyCheckpoint(), scheduledJobs()),
                        features.stream().flatMap(feature -> feature.leaderTasks().stream()))
                .toList();
    }

    private ScheduledJobs scheduledJobs() {
        var jobs = features.stream().flatMap(feature -> feature.jobs().stream()).toList();
        var environment = context.environment();
        return new ScheduledJobs(jobs, context.vertx(), environment.clock(), environment.meters());
    }
}
