package dev.skelly.features.projections;

import dev.skelly.event.ReplayMark;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.FindProjection;
import dev.skelly.feature.InstalledFeature;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Projection;
import dev.skelly.feature.ProjectionAdmin;
import dev.skelly.feature.ProjectionKind;
import dev.skelly.feature.Replay;
import dev.skelly.feature.ReplayScope;
import dev.skelly.projection.ProjectionLog;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Keeps the projections of all features in step with the log, rebuilds them, and replays the log. */
public final class ProjectionsFeature implements Feature {

    private final Supplier<List<InstalledFeature>> all;

    /**
     * Creates the feature.
     *
     * @param all every feature of the program; called after the installation
     */
    public ProjectionsFeature(Supplier<List<InstalledFeature>> all) {
        this.all = all;
    }

    @Override
    public String name() {
        return "projections";
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        var declared = new DeclaredProjections(all);
        var log = new ProjectionLog(platform.currentTypes(), platform.json());
        var copies = new RebuildTable(platform.json());
        var replays = new ReplayTable(platform.json());
        projections(registry, new ProjectionCommandHandlers(declared, log, platform.audit()), declared, replays);
        replays(registry, new ReplayCommandHandlers(replays, copies, platform.audit()), replays);
        var rebuilds = new RebuildCommandHandlers(declared, log, replays, copies);
        registry.command("projections.advance-replay", AdvanceReplay.class, StepDone.class, rebuilds::advance);
        registry.command("projections.finish-replay", FinishReplay.class, rebuilds::finish);
        registry.command(
                "projections.read-rows",
                ReadProjectionRows.class,
                ReadProjectionRows.Rows.class,
                new ProjectionReader(declared, log, copies)::read);
        registry.personalData(new ErasedReplayTable(copies));
        registry.startupStep(sql -> register(sql, declared, replays, platform.ids()));
        registry.leaderTask(new ProjectionTask(declared, platform));
        var admin = new ProjectionOperations(declared, platform);
        registry.service(ProjectionAdmin.class, () -> admin);
        registry.routes(new ProjectionRoutes(admin, platform).all());
        registry.routes(new ReplayRoutes(admin).all());
    }

    private static void projections(
            FeatureRegistry registry,
            ProjectionCommandHandlers handlers,
            DeclaredProjections declared,
            ReplayTable replays) {
        registry.command("projections.advance", AdvanceProjection.class, StepDone.class, handlers::advance);
        registry.command("projections.halt", HaltProjection.class, handlers::halt);
        registry.command("projections.pause", PauseProjection.class, handlers::pause);
        registry.query(
                "projections.find", FindProjection.class, FindProjection.ProjectionReach.class, ProjectionTable::find);
        registry.query(
                "projections.find-work",
                FindProjectionWork.class,
                FindProjectionWork.ProjectionWork.class,
                (sql, query) -> ProjectionTable.all(
                                sql,
                                declared.kept().stream().map(Projection::name).toList())
                        .compose(progress -> replays.active(sql)
                                .map(active -> new FindProjectionWork.ProjectionWork(progress, active))));
    }

    private static void replays(FeatureRegistry registry, ReplayCommandHandlers handlers, ReplayTable replays) {
        registry.command("projections.start-replay", StartReplay.class, handlers::start);
        registry.command("projections.turn-replay", TurnReplay.class, handlers::turn);
        registry.command("projections.record-replay", RecordReplay.class, handlers::record);
        registry.query(
                "projections.find-replay",
                FindReplay.class,
                Replay.class,
                (sql, query) -> handlers.find(sql, query.id()));
        registry.query(
                "projections.list-replays",
                ListReplays.class,
                ListReplays.Replays.class,
                (sql, query) -> replays.newest(sql, query.limit()).map(ListReplays.Replays::new));
    }

    /*
     * A new asynchronous projection begins at the first event. A new inline one is rebuilt once, for the events before it; the rebuild is requested
     * before the projection is registered, so that a killed node leaves it to the next start.
     */
    private static Future<Void> register(
            SqlClient sql, DeclaredProjections declared, ReplayTable replays, Supplier<UUID> ids) {
        Future<Void> all = Future.succeededFuture();
        for (var projection : declared.kept()) {
            all = all.compose(done -> ProjectionTable.behind(sql, projection))
                    .compose(behind -> behind && projection.kind() == ProjectionKind.INLINE
                            ? replays.insert(sql, ReplayMark.of(ids.get()), whole(projection), Replay.RUNNING)
                            : Future.succeededFuture(false))
                    .compose(requested -> ProjectionTable.register(sql, projection));
        }
        return all;
    }

    private static ReplayScope whole(Projection projection) {
        return new ReplayScope(ReplayScope.PROJECTION, projection.name(), 1, 1, null, null, 0);
    }
}
