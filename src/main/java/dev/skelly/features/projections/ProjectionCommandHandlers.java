package dev.skelly.features.projections;

import dev.skelly.eventlog.Tx;
import dev.skelly.feature.AuditEntry;
import dev.skelly.feature.AuditLog;
import dev.skelly.feature.Problem;
import dev.skelly.feature.ProjectedEvent;
import dev.skelly.feature.Projection;
import dev.skelly.feature.ProjectionKind;
import dev.skelly.projection.ProjectionLog;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Executes the commands of projections. */
final class ProjectionCommandHandlers {

    /* The most positions that one step examines: bounds the cost of a step in which no event concerns the projection. */
    static final long WINDOW = 50_000;

    private final DeclaredProjections declared;
    private final ProjectionLog log;
    private final AuditLog audit;

    ProjectionCommandHandlers(DeclaredProjections declared, ProjectionLog log, AuditLog audit) {
        this.declared = declared;
        this.log = log;
        this.audit = audit;
    }

    /* The lock keeps a deposed leader, and a rebuild's switch, from applying the same events. */
    Future<StepDone> advance(Tx tx, AdvanceProjection command) {
        var projection = declared.named(command.name());
        return ProjectionTable.lock(tx.sql(), projection.name()).compose(row -> {
            if (row.paused() || row.position() >= row.head()) {
                return Future.succeededFuture(StepDone.IDLE);
            }
            var upTo = Math.min(row.head(), row.position() + WINDOW);
            return log.page(tx.sql(), projection.types(), row.position(), upTo, command.limit())
                    .compose(events -> RebuildTable.apply(tx.sql(), projection, events)
                            .compose(done -> step(tx, projection, events, command.limit(), row.head(), upTo)));
        });
    }

    private static Future<StepDone> step(
            Tx tx, Projection projection, List<ProjectedEvent> events, int limit, long head, long upTo) {
        var reached = reached(events, limit, upTo);
        return ProjectionTable.applied(tx.sql(), projection.name(), reached)
                .map(done -> new StepDone(events.size(), reached < head));
    }

    /** Returns how far a page goes: to its last event if there may be more, to the end of its range otherwise. */
    static long reached(List<ProjectedEvent> events, int limit, long upTo) {
        return events.size() == limit ? events.get(limit - 1).position() : upTo;
    }

    Future<Void> halt(Tx tx, HaltProjection command) {
        return ProjectionTable.halt(tx.sql(), command.name(), command.error());
    }

    Future<Void> pause(Tx tx, PauseProjection command) {
        var projection = declared.named(command.name());
        if (projection.kind() != ProjectionKind.ASYNCHRONOUS) {
            throw Problem.conflict(
                    "projection-kind",
                    "projection " + projection.name() + " is "
                            + projection.kind().text()
                            + " (expected: an asynchronous one; others are not applied apart from writing or reading)");
        }
        return ProjectionTable.pause(tx.sql(), projection.name(), command.paused())
                .compose(changed -> changed
                        ? audit.note(
                                tx,
                                AuditEntry.on(
                                                "projection:" + projection.name(),
                                                command.paused()
                                                        ? "system.projection-paused"
                                                        : "system.projection-resumed")
                                        .changing(
                                                Map.of("paused", !command.paused()),
                                                Map.of("paused", command.paused())))
                        : Future.succeededFuture());
    }
}
