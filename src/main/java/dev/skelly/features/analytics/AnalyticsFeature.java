package dev.skelly.features.analytics;

import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.Feature;
import dev.skelly.feature.QueryHandler;
import dev.skelly.feature.Route;
import dev.skelly.feature.Worker;
import java.time.Clock;
import java.util.List;

/** Counts of events by type and day. */
public final class AnalyticsFeature implements Feature {

    private final AnalyticsRoutes routes;

    /**
     * The feature.
     *
     * @param clock says which day it is where a request does not name one
     */
    public AnalyticsFeature(CommandBus commands, Clock clock) {
        this.routes = new AnalyticsRoutes(commands, clock);
    }

    @Override
    public String name() {
        return "analytics";
    }

    @Override
    public List<CommandHandler<?, ?>> commands() {
        return List.of(CommandHandler.on(
                "analytics.count-event",
                CountEvent.class,
                Void.class,
                (tx, command) -> EventCountTable.count(tx.sql(), command)));
    }

    @Override
    public List<QueryHandler<?, ?>> queries() {
        return List.of(QueryHandler.on(
                "analytics.summarise", Summarise.class, EventSummary.class, EventCountTable::summarise));
    }

    @Override
    public List<Route> routes() {
        return routes.all();
    }

    @Override
    public List<Worker> workers() {
        return List.of(new UpdateAnalyticsWorker());
    }
}
