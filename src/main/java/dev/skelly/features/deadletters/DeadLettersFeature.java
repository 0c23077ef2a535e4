package dev.skelly.features.deadletters;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Event;
import dev.skelly.feature.AuditLog;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.Feature;
import dev.skelly.feature.PersonalData;
import dev.skelly.feature.QueryHandler;
import dev.skelly.feature.Route;
import dev.skelly.worker.DeadLetter;
import dev.skelly.worker.DeadLetterEvent;
import dev.skelly.worker.DeadLetterTable;
import dev.skelly.worker.ProcessingEvent;
import dev.skelly.worker.WorkErrorTable;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.Optional;

/** Provides dead letters to administrators, and owns the tables of the inbox. */
public final class DeadLettersFeature implements Feature {

    private final DeadLetterTable table;
    private final DeadLetterCommandHandlers deadLetters;
    private final DeadLetterRoutes routes;

    /**
     * Creates the feature. Commands go through {@code commands}.
     *
     * @param audit records what administrators do
     */
    public DeadLettersFeature(CommandBus commands, JsonMapper json, AuditLog audit) {
        this.table = new DeadLetterTable(json);
        this.deadLetters = new DeadLetterCommandHandlers(table, audit);
        this.routes = new DeadLetterRoutes(commands);
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
    public List<CommandHandler<?, ?>> commands() {
        return List.of(
                CommandHandler.on("work.retry-dead-letter", RetryDeadLetter.class, Void.class, deadLetters::retry),
                CommandHandler.on(
                        "work.discard-dead-letter", DiscardDeadLetter.class, Void.class, deadLetters::discard));
    }

    @Override
    public List<QueryHandler<?, ?>> queries() {
        return List.of(
                QueryHandler.on("work.list-dead-letters", ListDeadLetters.class, DeadLetterPage.class, this::page),
                QueryHandler.on(
                        "work.find-dead-letter",
                        FindDeadLetter.class,
                        DeadLetter.class,
                        (sql, query) -> deadLetters.find(sql, query.id())));
    }

    @Override
    public List<Route> routes() {
        return routes.all();
    }

    @Override
    public Optional<PersonalData> personalData() {
        return Optional.of(new WorkErrorTable());
    }

    private Future<DeadLetterPage> page(SqlClient sql, ListDeadLetters query) {
        return table.list(sql, query.worker(), query.state(), query.before(), query.limit() + 1)
                .map(found -> DeadLetterPage.of(found, query.limit()));
    }
}
