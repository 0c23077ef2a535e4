package dev.skelly.features.deadletters;

import dev.skelly.event.Event;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.InstalledFeature;
import dev.skelly.feature.Platform;
import dev.skelly.feature.WorkAdmin;
import dev.skelly.feature.Worker;
import dev.skelly.worker.DeadLetter;
import dev.skelly.worker.DeadLetterEvent;
import dev.skelly.worker.DeadLetterTable;
import dev.skelly.worker.HandoverTable;
import dev.skelly.worker.ProcessingEvent;
import dev.skelly.worker.WorkErrorTable;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.function.Supplier;

/** Provides dead letters to administrators, and owns the tables of the inbox. */
public final class DeadLettersFeature implements Feature {

    private final Supplier<List<InstalledFeature>> all;

    /**
     * Creates the feature.
     *
     * @param all every feature of the program; called after the installation
     */
    public DeadLettersFeature(Supplier<List<InstalledFeature>> all) {
        this.all = all;
    }

    @Override
    public String name() {
        return "work";
    }

    @Override
    public List<Class<? extends Event>> events() {
        return List.of(DeadLetterEvent.class, ProcessingEvent.class);
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        var table = new DeadLetterTable(platform.json());
        var handlers = new DeadLetterCommandHandlers(table, platform.audit(), this::workers);
        registry.command("work.retry-dead-letter", RetryDeadLetter.class, handlers::retry);
        registry.command("work.discard-dead-letter", DiscardDeadLetter.class, handlers::discard);
        registry.query(
                "work.list-dead-letters",
                ListDeadLetters.class,
                DeadLetterPage.class,
                (sql, query) -> page(table, sql, query));
        registry.query(
                "work.find-dead-letter",
                FindDeadLetter.class,
                DeadLetter.class,
                (sql, query) -> handlers.find(sql, query.id()));
        var redispatch = new WorkRedispatch(platform, this::workers);
        registry.command("work.redispatch", RedispatchWork.class, redispatch::record);
        registry.query(
                "work.list-handovers",
                ListHandovers.class,
                ListHandovers.Handovers.class,
                (sql, query) -> WorkRedispatch.handovers(sql));
        registry.query(
                "work.find-missing", FindMissingWork.class, HandoverTable.MissingPage.class, WorkRedispatch::missing);
        registry.service(WorkAdmin.class, () -> redispatch);
        registry.routes(new DeadLetterRoutes(platform.commands()).all());
        registry.personalData(new WorkErrorTable());
    }

    private List<Worker> workers() {
        return all.get().stream().flatMap(feature -> feature.workers().stream()).toList();
    }

    private static Future<DeadLetterPage> page(DeadLetterTable table, SqlClient sql, ListDeadLetters query) {
        return table.list(sql, query.worker(), query.state(), query.before(), query.limit() + 1)
                .map(found -> DeadLetterPage.of(found, query.limit()));
    }
}
