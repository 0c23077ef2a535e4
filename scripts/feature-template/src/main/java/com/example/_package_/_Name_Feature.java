package com.example._package_;

import dev.skelly.event.Event;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import java.util.List;
import java.util.Optional;

/** Takes entries and shows the latest. */
public final class _Name_Feature implements Feature {

    /** The settings {@code features._name_.…}; {@code text-max} is the length of the longest text. */
    record _Name_Settings(int textMax) {
        _Name_Settings {
            if (textMax < 1 || textMax > 10_000) {
                throw new IllegalArgumentException("features._name_.text-max: " + textMax + " (expected: 1 to 10000)");
            }
        }
    }

    @Override
    public String name() {
        return "_name_";
    }

    @Override
    public List<Class<? extends Event>> events() {
        return List.of(_Name_Event.class);
    }

    @Override
    public Optional<Record> settings() {
        return Optional.of(new _Name_Settings(200));
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        registry.command("_name_.add-entry", _Name_Routes.AddEntry.class,
                (tx, entry) -> tx.append(new _Name_Event.Added(entry.id(), entry.text())));
        registry.command("_name_.keep-entry", EntryProjection.KeepEntry.class, EntryProjection::keep);
        registry.query("_name_.read-entries", EntryProjection.ReadEntries.class, EntryProjection._Name_Latest.class,
                EntryProjection::read);
        registry.workers(new KeepEntryWorker());
        registry.routes(new _Name_Routes(platform.commands(), platform.settings(_Name_Settings.class).textMax()).all());
    }
}
