package dev.skelly.features.analytics;

import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.Feature;
import dev.skelly.feature.QueryHandler;
import dev.skelly.feature.Route;
import dev.skelly.feature.Worker;
import java.time.Clock;
import java.util.List;

/** Counts events by type and day. */
public final class AnalyticsFeature implements Feature {

    private final AnalyticsRoutes routes;

    /**
     * Creates the feature.
     *
     * @param clock for the current day, where a request names no day
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
