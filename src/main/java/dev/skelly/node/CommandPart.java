package dev.skelly.node;

import dev.skelly.command.CommandExecutor;
import dev.skelly.command.CommandRegistry;
import dev.skelly.command.CommandServer;
import dev.skelly.health.ReadinessCheck;
import dev.skelly.idempotency.IdempotencyKeyCleanup;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Starts the execution of commands and queries: the database connections, and the persistence role if the node has it. */
record CommandPart(NodeContext context, CommandRegistry registry) {

    Future<Void> start(DatabaseServices here, CommandExecutor executor) {
        context.checks().add(ReadinessCheck.vital("database", here::check));
        var pool = context.lifecycle().add("pool", Future.succeededFuture(here), DatabaseServices::closePools);
        return context.config().has(NodeRole.PERSISTENCE)
                ? pool.compose(open -> deploy(here, executor))
                : pool.mapEmpty();
    }

    private Future<Void> deploy(DatabaseServices here, CommandExecutor executor) {
        var config = context.config();
        var environment = context.environment();
        var underway = environment.meters().gauge("skelly.persistence.underway", new AtomicInteger());
        return Future.all(IntStream.range(0, NodeBuilder.LOOPS)
                        .mapToObj(loop -> new CommandServer(
                                context.bus(),
                                registry,
                                executor,
                                here::cursors,
                                environment.json(),
                                environment.ids(),
                                config.db().underwayMax(),
                                underway))
                        .map(part -> context.deploy("persistence", part))
                        .toList())
                .compose(up -> context.deploy(
                        "idempotency sweep", new IdempotencyKeyCleanup(here.pool(), config.idempotency())))
                .mapEmpty();
    }
}
