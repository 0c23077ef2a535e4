package dev.skelly.features.deadletters;

import dev.skelly.event.Event;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.worker.DeadLetter;
import dev.skelly.worker.DeadLetterEvent;
import dev.skelly.worker.DeadLetterTable;
import dev.skelly.worker.ProcessingEvent;
import dev.skelly.worker.WorkErrorTable;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;

/** Provides dead letters to administrators, and owns the tables of the inbox. */
public final class DeadLettersFeature implements Feature {

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
        var handlers = new DeadLetterCommandHandlers(table, platform.audit());
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
        registry.routes(new DeadLetterRoutes(platform.commands()).all());
        registry.personalData(new WorkErrorTable());
    }

    private static Future<DeadLetterPage> page(DeadLetterTable table, SqlClient sql, ListDeadLetters query) {
        return table.list(sql, query.worker(), query.state(), query.before(), query.limit() + 1)
                .map(found -> DeadLetterPage.of(found, query.limit()));
    }
}
