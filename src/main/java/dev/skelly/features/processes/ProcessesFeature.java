package dev.skelly.features.processes;

import dev.skelly.feature.BusinessProcess;
import dev.skelly.feature.ClearDeadline;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.FindDeadlines;
import dev.skelly.feature.InstalledFeature;
import dev.skelly.feature.Platform;
import dev.skelly.feature.SetDeadline;
import java.util.List;
import java.util.function.Supplier;

/** Keeps the deadlines of the process managers of all features. */
public final class ProcessesFeature implements Feature {

    private final Supplier<List<InstalledFeature>> all;

    /**
     * Creates the feature.
     *
     * @param all every feature of the program; called after the installation
     */
    public ProcessesFeature(Supplier<List<InstalledFeature>> all) {
        this.all = all;
    }

    @Override
    public String name() {
        return "processes";
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        registry.command(
                "processes.set-deadline", SetDeadline.class, (tx, deadline) -> DeadlineTable.set(tx.sql(), deadline));
        registry.command(
                "processes.clear-deadline",
                ClearDeadline.class,
                (tx, deadline) -> DeadlineTable.clear(tx.sql(), deadline));
        registry.query(
                "processes.find-deadlines", FindDeadlines.class, FindDeadlines.Deadlines.class, DeadlineTable::find);
        registry.leaderTask(new DeadlineTask(this::processes, platform.commands(), platform.clock(), platform.ids()));
    }

    private List<BusinessProcess> processes() {
        return all.get().stream()
                .flatMap(feature -> feature.processes().stream())
                .toList();
    }
}
