package dev.skelly.features.history;

import dev.skelly.crypto.FieldDecryptor;
import dev.skelly.eventlog.EventPage;
import dev.skelly.eventlog.LogReader;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.view.EventViews;
import java.util.function.Supplier;

/** Provides the history of events to readers who may see them. */
public final class HistoryFeature implements Feature {

    private final Supplier<EventViews> views;
    private final FieldDecryptor decryptor;

    /**
     * Creates the feature.
     *
     * @param views read only after the start
     * @param decryptor decrypts encrypted fields for readers who may see them
     */
    public HistoryFeature(Supplier<EventViews> views, FieldDecryptor decryptor) {
        this.views = views;
        this.decryptor = decryptor;
    }

    @Override
    public String name() {
        return "history";
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        registry.query("history.read-history", ReadHistory.class, EventPage.class, HistoryTable::page);
        registry.query(
                "history.find-event",
                FindEvent.class,
                FindEvent.FoundEvent.class,
                (sql, query) ->
                        new LogReader(sql).byId(query.id()).map(found -> new FindEvent.FoundEvent(found.orElse(null))));
        registry.routes(new HistoryRoutes(platform.commands(), views, platform::log, decryptor, platform.json()).all());
    }
}
