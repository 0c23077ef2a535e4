package dev.skelly.features.analytics;

import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import java.util.List;

/** Counts events by type and day. */
public final class AnalyticsFeature implements Feature {

    @Override
    public String name() {
        return "analytics";
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        registry.commands(List.of(CommandHandler.on(
                        "analytics.count-event",
                        CountEvent.class,
                        Void.class,
                        (tx, command) -> EventCountTable.countAll(tx.sql(), List.of(command)))
                .many((tx, commands) -> EventCountTable.countAll(tx.sql(), commands))));
        registry.query("analytics.summarise", Summarise.class, EventSummary.class, EventCountTable::summarise);
        registry.routes(new AnalyticsRoutes(platform.commands(), platform.clock()).all());
        registry.workers(new UpdateAnalyticsWorker());
    }
}
