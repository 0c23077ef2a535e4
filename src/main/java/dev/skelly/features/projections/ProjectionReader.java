package dev.skelly.features.projections;

import dev.skelly.eventlog.Tx;
import dev.skelly.feature.LogPoint;
import dev.skelly.feature.Problem;
import dev.skelly.feature.ProjectedEvent;
import dev.skelly.feature.Projection;
import dev.skelly.projection.ProjectionLog;
import io.vertx.core.Future;
import java.util.List;

/** Computes projections when asked, for one subject. */
final class ProjectionReader {

    private static final int EVENTS_MAX = 10_000;

    private final DeclaredProjections declared;
    private final ProjectionLog log;
    private final RebuildTable copies;

    ProjectionReader(DeclaredProjections declared, ProjectionLog log, RebuildTable copies) {
        this.declared = declared;
        this.log = log;
        this.copies = copies;
    }

    Future<ReadProjectionRows.Rows> read(Tx tx, ReadProjectionRows command) {
        var projection = declared.named(command.name());
        return events(tx, projection, command.subject(), command.point())
                .compose(events -> copies.createTemporary(tx.sql(), projection)
                        .compose(made -> RebuildTable.apply(tx.sql(), projection, events)))
                .compose(done -> copies.rows(tx.sql(), projection))
                .map(ReadProjectionRows.Rows::new);
    }

    private Future<List<ProjectedEvent>> events(Tx tx, Projection projection, String subject, LogPoint point) {
        return log.ofSubject(tx.sql(), subject, projection.types(), point.position(), point.time(), EVENTS_MAX + 1)
                .map(events -> {
                    if (events.size() > EVENTS_MAX) {
                        throw Problem.conflict(
                                "too-many-events",
                                subject + " has more than " + EVENTS_MAX + " events up to there (expected: fewer)");
                    }
                    return events;
                });
    }
}
