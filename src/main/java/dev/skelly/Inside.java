package dev.skelly;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.bus.Bus;
import dev.skelly.emission.EventKeySweep;
import dev.skelly.health.Check;
import dev.skelly.idempotency.KeySweep;
import dev.skelly.persistence.Bindings;
import dev.skelly.persistence.CommandRunner;
import dev.skelly.persistence.PersistencePart;
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
record Inside(
        Vertx vertx,
        NodeConfig config,
        RunningParts parts,
        Bus bus,
        Bindings bindings,
        JsonMapper json,
        Clock clock,
        Supplier<UUID> ids,
        MeterRegistry meters,
        List<Check> checks) {

    Future<Void> start(Storage here, CommandRunner runner) {
        checks.add(Check.vital("database", here::check));
        var pool = parts.add("pool", Future.succeededFuture(here), Storage::closePools);
        return config.has(Role.PERSISTENCE) ? pool.compose(open -> deploy(here, runner)) : pool.mapEmpty();
    }

    private Future<Void> deploy(Storage here, CommandRunner runner) {
        var underway = meters.gauge("skelly.persistence.underway", new AtomicInteger());
        return Future.all(IntStream.range(0, Wiring.LOOPS)
                        .mapToObj(loop -> new PersistencePart(
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
                .compose(up -> parts.deploy(vertx, "event ids", new EventKeySweep(here.pool(), config.events(), clock)))
                .compose(
                        up -> parts.deploy(vertx, "idempotency sweep", new KeySweep(here.pool(), config.idempotency())))
                .mapEmpty();
    }
}
