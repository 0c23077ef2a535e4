package dev.skelly.projection;

import dev.skelly.eventlog.BeforeCommit;
import dev.skelly.feature.InstalledFeature;
import dev.skelly.feature.ProjectedEvent;
import dev.skelly.feature.Projection;
import dev.skelly.feature.ProjectionKind;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Applies events to the inline projections, in the transaction that appends them. Safe on any context. */
public final class InlineProjections implements BeforeCommit {

    private final ProjectionLog log;
    private final List<Projection> projections;
    private final Set<String> types;

    private InlineProjections(ProjectionLog log, List<Projection> projections) {
        this.log = log;
        this.projections = projections;
        this.types = projections.stream()
                .flatMap(projection -> projection.types().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the inline projections of features. */
    public static BeforeCommit of(ProjectionLog log, Collection<InstalledFeature> features) {
        var inline = features.stream()
                .flatMap(feature -> feature.projections().stream())
                .filter(projection -> projection.kind() == ProjectionKind.INLINE)
                .toList();
        return inline.isEmpty() ? NOTHING : new InlineProjections(log, inline);
    }

    @Override
    public boolean concerns(String type) {
        return types.contains(type);
    }

    @Override
    public Future<Void> run(SqlConnection sql, List<Long> appended) {
        return log.written(sql, appended).compose(events -> {
            Future<Void> applied = Future.succeededFuture();
            for (var projection : projections) {
                var concerned = concerning(projection, events);
                applied = concerned.isEmpty() ? applied : applied.compose(done -> projection.apply(sql, concerned));
            }
            return applied;
        });
    }

    private static List<ProjectedEvent> concerning(Projection projection, List<ProjectedEvent> events) {
        return events.stream()
                .filter(event -> projection.types().contains(event.type()))
                .toList();
    }
}
