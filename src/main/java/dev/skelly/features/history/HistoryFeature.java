package dev.skelly.features.history;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.crypto.FieldDecryptor;
import dev.skelly.eventlog.EventPage;
import dev.skelly.eventlog.LogReader;
import dev.skelly.eventlog.LogSource;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Feature;
import dev.skelly.feature.QueryHandler;
import dev.skelly.feature.Route;
import dev.skelly.view.EventViews;
import java.util.List;
import java.util.function.Supplier;

/** Provides the history of events to readers who may see them. */
public final class HistoryFeature implements Feature {

    private final HistoryRoutes routes;

    /**
     * Creates the feature. Queries go through {@code commands}.
     *
     * @param sights read only after the start, like {@code log}
     * @param opener decrypts encrypted fields for readers who may see them
     */
    public HistoryFeature(
            CommandBus commands,
            Supplier<EventViews> sights,
            Supplier<LogSource> log,
            FieldDecryptor opener,
            JsonMapper json) {
        this.routes = new HistoryRoutes(commands, sights, log, opener, json);
    }

    @Override
    public String name() {
        return "history";
    }

    @Override
    public List<QueryHandler<?, ?>> queries() {
        return List.of(
                QueryHandler.on("history.read-history", ReadHistory.class, EventPage.class, HistoryTable::page),
                QueryHandler.on(
                        "history.find-event",
                        FindEvent.class,
                        FindEvent.FoundEvent.class,
                        (sql, query) -> new LogReader(sql)
                                .byId(query.id())
                                .map(found -> new FindEvent.FoundEvent(found.orElse(null)))));
    }

    @Override
    public List<Route> routes() {
        return routes.all();
    }
}
