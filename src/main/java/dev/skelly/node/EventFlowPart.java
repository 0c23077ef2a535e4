package dev.skelly.node;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.broker.BrokerAddress;
import dev.skelly.bus.MessageBus;
import dev.skelly.command.CommandExecutor;
import dev.skelly.database.ConnectionPools;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.eventlog.EventLog;
import dev.skelly.feature.Worker;
import dev.skelly.health.ReadinessCheck;
import dev.skelly.relay.Relay;
import dev.skelly.worker.EmitterNotifications;
import dev.skelly.worker.WorkEngine;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** The way of events from the log to the workers: the relay and the work engine, where the node's roles say so. */
record EventFlowPart(
        Vertx vertx,
        String node,
        NodeConfig config,
        Lifecycle parts,
        MessageBus bus,
        List<Worker> workers,
        Clock clock,
        SecureRandom random,
        MeterRegistry meters,
        List<ReadinessCheck> checks) {

    Future<Void> startRelay(DatabaseServices here, BrokerAddress broker, EventTypeRegistry catalogue) {
        if (!config.has(NodeRole.RELAY)) {
            return Future.succeededFuture();
        }
        var relay = new Relay(
                node,
                ConnectionPools.connectOptions(here.address(), config.db(), "skelly-relay"),
                bus,
                broker,
                config.relay(),
                config.broker(),
                workers,
                here.duties(catalogue),
                clock,
                random,
                meters);
        checks.add(ReadinessCheck.optional(
                "broker", () -> relay.broker().up() ? Future.succeededFuture() : Future.failedFuture("not connected")));
        return parts.deploy(vertx, "relay", relay).mapEmpty();
    }

    Future<Void> startWork(
            DatabaseServices here,
            BrokerAddress broker,
            EventLog log,
            CommandExecutor runner,
            EmitterNotifications outcomes,
            EventTypeRegistry catalogue,
            JsonMapper json,
            Supplier<UUID> ids) {
        if (!config.has(NodeRole.WORK)) {
            return Future.succeededFuture();
        }
        var engine = new WorkEngine(
                node,
                here.pool(),
                log,
                runner,
                outcomes,
                catalogue,
                json,
                broker,
                config.work(),
                config.broker(),
                workers,
                clock,
                ids,
                random,
                meters);
        return parts.deploy(vertx, "work", engine).mapEmpty();
    }
}
