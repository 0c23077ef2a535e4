package dev.skelly.bench;

import dev.skelly.feature.Access;
import dev.skelly.feature.Command;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What {@code scripts/bench work} measures the work role with: one worker, whose effect is the update of one row of a thousand. The measured
 * node has it in a jar of its own, see {@link BenchJar}, so that all its classes are inside this one and use the program's only.
 */
public final class BenchFeature implements Feature {

    /** The name of the feature; tables begin with it. */
    static final String NAME = "bench";

    /** The event that the worker counts; its data may name the row. Analytics leave out what begins with ui, so it has one worker. */
    static final String TYPE = "ui.bench-happened";

    /** The worker. */
    static final String WORKER = "bench-count";

    /** The number of rows; their ids begin with 1. */
    static final int ROWS = 1_000;

    /** Where the event type is declared. */
    static final String DECLARATIONS = "/events/bench.yaml";

    private static final String COUNT = "update bench_counter set n = n + 1 where id = $1";

    /* Rows are locked in the order of their key, so that two groups cannot deadlock. */
    private static final String COUNT_ALL = """
            insert into bench_counter as c (id, n)
            select id, count(*)
            from unnest($1::int[]) as counted (id)
            group by id
            order by id
            on conflict (id) do update set n = c.n + excluded.n
            """;

    /** Adds one to a row. */
    record CountEvent(int row) implements Command<Void> {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> declarations() {
        return Optional.of(DECLARATIONS);
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        var gate = new Gate(platform.vertx());
        registry.commands(List.of(counting()));
        registry.workers(new CountWorker(gate));
        registry.route(
                Route.of("POST", "/api/bench/pause", Access.SIGNED_IN, "Pause the worker", request -> gate.shut())
                        .response(ResponseDescription.empty(204)));
        registry.route(
                Route.of("POST", "/api/bench/resume", Access.SIGNED_IN, "Resume the worker", request -> gate.open())
                        .response(ResponseDescription.empty(204)));
    }

    /* The system property bench.many=false leaves out the form for many commands at once, so each is a statement of its own. */
    private static CommandHandler<CountEvent, Void> counting() {
        var counting = CommandHandler.on(
                "bench.count-event",
                CountEvent.class,
                Void.class,
                (tx, event) -> tx.sql()
                        .preparedQuery(COUNT)
                        .execute(Tuple.of(event.row()))
                        .mapEmpty());
        return System.getProperty("bench.many", "true").equals("false")
                ? counting
                : counting.many((tx, commands) -> countAll(tx.sql(), commands));
    }

    private static Future<Void> countAll(SqlClient sql, List<CountEvent> events) {
        var rows = events.stream().map(CountEvent::row).toArray(Integer[]::new);
        return sql.preparedQuery(COUNT_ALL)
                .execute(Tuple.tuple().addArrayOfInteger(rows))
                .mapEmpty();
    }

    /** Counts each event in the row that it names, else in one that its id chooses. */
    record CountWorker(Gate gate) implements Worker {

        @Override
        public String name() {
            return WORKER;
        }

        @Override
        public Set<String> types() {
            return Set.of(TYPE);
        }

        @Override
        public boolean commandsOnly() {
            return true;
        }

        @Override
        public Future<WorkResult> work(EventDelivery delivery) {
            var named = new JsonObject(delivery.data()).getInteger("row");
            var row = named == null ? chosen(delivery.id()) : named;
            return gate.passed().map(passed -> WorkResult.done(new CountEvent(row)));
        }

        private static int chosen(UUID id) {
            return 1 + Math.floorMod(id.getLeastSignificantBits(), ROWS);
        }
    }

    /** Lets the worker wait while a backlog is made, in a process that is warm. Safe on any thread. */
    static final class Gate {

        private final Vertx vertx;
        private final List<Runnable> waiting = new ArrayList<>(); // Guarded by this, like the next.
        private boolean open = true;

        Gate(Vertx vertx) {
            this.vertx = vertx;
        }

        /* Completes on the context of the caller. */
        synchronized Future<Void> passed() {
            if (open) {
                return Future.succeededFuture();
            }
            var context = vertx.getOrCreateContext();
            return Future.future(passed -> waiting.add(() -> context.runOnContext(turn -> passed.complete())));
        }

        synchronized Future<Response> shut() {
            open = false;
            return Future.succeededFuture(Response.noContent());
        }

        synchronized Future<Response> open() {
            open = true;
            waiting.forEach(Runnable::run);
            waiting.clear();
            return Future.succeededFuture(Response.noContent());
        }
    }
}
