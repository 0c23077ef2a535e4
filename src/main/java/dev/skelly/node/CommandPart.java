package dev.skelly.node;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.bus.MessageBus;
import dev.skelly.command.CommandExecutor;
import dev.skelly.command.CommandRegistry;
import dev.skelly.command.CommandServer;
import dev.skelly.features.events.EventIdCleanup;
import dev.skelly.health.ReadinessCheck;
import dev.skelly.idempotency.IdempotencyKeyCleanup;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What carries out commands and queries: the database connections of a node, and the persistence role where it has it. */
record CommandPart(
        Vertx vertx,
        NodeConfig config,
        Lifecycle parts,
        MessageBus bus,
        CommandRegistry bindings,
        JsonMapper json,
        Clock clock,
        Supplier<UUID> ids,
        MeterRegistry meters,
        List<ReadinessCheck> checks) {

    Future<Void> start(DatabaseServices here, CommandExecutor runner) {
        checks.add(ReadinessCheck.vital("database", here::check));
        var pool = parts.add("pool", Future.succeededFuture(here), DatabaseServices::closePools);
        return config.has(NodeRole.PERSISTENCE) ? pool.compose(open -> deploy(here, runner)) : pool.mapEmpty();
    }

    private Future<Void> deploy(DatabaseServices here, CommandExecutor runner) {
        var underway = meters.gauge("skelly.persistence.underway", new AtomicInteger());
        return Future.all(IntStream.range(0, NodeBuilder.LOOPS)
                        .mapToObj(loop -> new CommandServer(
                                bus,
                                bindings,
                                runner,
                                here.cursors(),
                                json,
                                ids,
                                config.db().underwayMax(),
                                underway))
                        .map(part -> parts.deploy(vertx, "persistence", part))
                        .toList())
                .compose(
                        up -> parts.deploy(vertx, "event ids", new EventIdCleanup(here.pool(), config.events(), clock)))
                .compose(up -> parts.deploy(
                        vertx, "idempotency sweep", new IdempotencyKeyCleanup(here.pool(), config.idempotency())))
                .mapEmpty();
    }
}
