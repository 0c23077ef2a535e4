package dev.skelly.features.analytics;

import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;

/** Counts events by type and day. */
public final class AnalyticsFeature implements Feature {

    @Override
    public String name() {
        return "analytics";
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        registry.command(
                "analytics.count-event", CountEvent.class, (tx, command) -> EventCountTable.count(tx.sql(), command));
        registry.query("analytics.summarise", Summarise.class, EventSummary.class, EventCountTable::summarise);
        registry.routes(new AnalyticsRoutes(platform.commands(), platform.clock()).all());
        registry.workers(new UpdateAnalyticsWorker());
    }
}
