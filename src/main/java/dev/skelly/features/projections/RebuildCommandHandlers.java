package dev.skelly.features.projections;

import dev.skelly.eventlog.Tx;
import dev.skelly.feature.ProjectedEvent;
import dev.skelly.feature.Projection;
import dev.skelly.feature.ProjectionKind;
import dev.skelly.feature.Replay;
import dev.skelly.projection.ProjectionLog;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Builds projections anew in copies of their tables, beside the tables that readers see.
 *
 * <p>Invariant: the copies hold the effect of every event up to the replay's position, and of none after it.
 */
final class RebuildCommandHandlers {

    private final DeclaredProjections declared;
    private final ProjectionLog log;
    private final ReplayTable table;
    private final RebuildTable copies;

    RebuildCommandHandlers(DeclaredProjections declared, ProjectionLog log, ReplayTable table, RebuildTable copies) {
        this.declared = declared;
        this.log = log;
        this.table = table;
        this.copies = copies;
    }

    /** Applies the next events. There is no more when the copies are as far as the step that ends the rebuild begins. */
    Future<StepDone> advance(Tx tx, AdvanceReplay command) {
        return active(
                tx,
                command.id(),
                (replay, projection) -> ProjectionTable.read(tx.sql(), projection.name())
                        .compose(row -> {
                            var end = end(replay, projection, row);
                            var upTo = Math.min(end, replay.position() + ProjectionCommandHandlers.WINDOW);
                            var schema = RebuildTable.schema(replay.id());
                            return copies.create(tx.sql(), schema, projection)
                                    .compose(made -> log.page(
                                            tx.sql(), projection.types(), replay.position(), upTo, command.limit()))
                                    .compose(events -> copies.apply(tx.sql(), schema, projection, events)
                                            .compose(done -> step(tx, replay, events, command.limit(), upTo, end)));
                        }));
    }

    /* A dry run compares: what an asynchronous projection has not applied is no difference. */
    private static long end(Replay replay, Projection projection, ProjectionTable.CheckpointRow row) {
        return replay.checking() && projection.kind() == ProjectionKind.ASYNCHRONOUS ? row.position() : row.head();
    }

    private Future<StepDone> step(Tx tx, Replay replay, List<ProjectedEvent> events, int limit, long upTo, long end) {
        var reached = Math.max(replay.position(), ProjectionCommandHandlers.reached(events, limit, upTo));
        return table.progress(tx.sql(), replay.id(), reached, events.size())
                .map(done -> new StepDone(events.size(), reached < end));
    }

    private Future<StepDone> active(Tx tx, UUID id, BiFunction<Replay, Projection, Future<StepDone>> step) {
        return table.lock(tx.sql(), id)
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(StepDone.IDLE)
                        : step.apply(
                                found.get(), declared.named(found.get().scope().name())));
    }

    /** Ends the rebuild with what was written since the last step, in one transaction. */
    Future<Void> finish(Tx tx, FinishReplay command) {
        return (command.compare()
                        ? RebuildTable.snapshot(tx.sql()).compose(set -> compare(tx, command))
                        : replace(tx, command))
                .mapEmpty();
    }

    /*
     * Transactions that have applied events to an inline projection end before the lock; those that have not wait for it and then find the new
     * tables. So what is committed now is exactly what the old tables hold.
     */
    private Future<StepDone> replace(Tx tx, FinishReplay command) {
        return active(tx, command.id(), (replay, projection) -> {
            var schema = RebuildTable.schema(replay.id());
            return copies.create(tx.sql(), schema, projection)
                    .compose(made -> ProjectionTable.lock(tx.sql(), projection.name()))
                    .compose(row -> copies.lock(tx.sql(), projection)
                            .compose(locked -> rest(tx, replay, projection, row.head()))
                            .compose(events -> copies.apply(tx.sql(), schema, projection, events))
                            .compose(done -> copies.swap(tx.sql(), schema, projection))
                            .compose(done ->
                                    ProjectionTable.rebuilt(tx.sql(), projection, inline(projection) ? 0 : row.head())))
                    .compose(done -> end(tx, replay, Replay.DONE));
        });
    }

    /* In one snapshot the tables and the log belong together, so that no writer has to wait. */
    private Future<StepDone> compare(Tx tx, FinishReplay command) {
        return active(tx, command.id(), (replay, projection) -> {
            var schema = RebuildTable.schema(replay.id());
            return copies.create(tx.sql(), schema, projection)
                    .compose(made -> ProjectionTable.read(tx.sql(), projection.name()))
                    .compose(row -> rest(tx, replay, projection, row.position()))
                    .compose(events -> copies.apply(tx.sql(), schema, projection, events))
                    .compose(done -> copies.differences(tx.sql(), schema, projection))
                    .compose(report -> table.report(tx.sql(), replay.id(), report))
                    .compose(done -> copies.drop(tx.sql(), schema))
                    .compose(done -> end(tx, replay, Replay.CHECKED));
        });
    }

    private Future<List<ProjectedEvent>> rest(Tx tx, Replay replay, Projection projection, long upTo) {
        return inline(projection)
                ? log.rest(tx.sql(), projection.types(), replay.position())
                : log.page(tx.sql(), projection.types(), replay.position(), upTo, Integer.MAX_VALUE);
    }

    private static boolean inline(Projection projection) {
        return projection.kind() == ProjectionKind.INLINE;
    }

    private Future<StepDone> end(Tx tx, Replay replay, String state) {
        return table.turn(tx.sql(), replay.id(), state, null, List.of(replay.state()))
                .map(StepDone.IDLE);
    }
}
