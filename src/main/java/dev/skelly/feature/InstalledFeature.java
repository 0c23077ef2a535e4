package dev.skelly.feature;

import io.vertx.core.Deployable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A feature and everything it has registered. Immutable. */
public final class InstalledFeature {

    private final Feature feature;
    private final FeatureRegistry parts = new FeatureRegistry();

    private InstalledFeature(Feature feature) {
        this.feature = feature;
    }

    /** Installs features, each with its own platform. Throws what {@link Feature#install} throws. */
    public static List<InstalledFeature> all(
            Collection<? extends Feature> features, Function<Feature, Platform> platform) {
        return features.stream()
                .map(feature -> of(feature, platform.apply(feature)))
                .toList();
    }

    /** Installs a feature. Throws what {@link Feature#install} throws. */
    public static InstalledFeature of(Feature feature, Platform platform) {
        var installed = new InstalledFeature(feature);
        feature.install(installed.parts, platform);
        installed.parts.freeze();
        return installed;
    }

    /** Returns the name of the feature. */
    public String name() {
        return feature.name();
    }

    /** Returns the commands that change its tables. */
    public List<CommandHandler<?, ?>> commands() {
        return List.copyOf(parts.commands);
    }

    /** Returns the queries that read its tables. */
    public List<QueryHandler<?, ?>> queries() {
        return List.copyOf(parts.queries);
    }

    /** Returns its HTTP routes. */
    public List<Route> routes() {
        return List.copyOf(parts.routes);
    }

    /** Returns the workers that react to events. */
    public List<Worker> workers() {
        return List.copyOf(parts.workers);
    }

    /** Returns its process managers; their workers are among {@link #workers}. */
    public List<BusinessProcess> processes() {
        return List.copyOf(parts.processes);
    }

    /** Returns its read models. */
    public List<Projection> projections() {
        return List.copyOf(parts.projections);
    }

    /** Returns how the personal data it stores is exported and erased; empty when it stores none. */
    public Optional<PersonalData> personalData() {
        return Optional.ofNullable(parts.personalData);
    }

    /** Returns its steps of the start, in the order of registration. */
    public List<StartupStep> startupSteps() {
        return List.copyOf(parts.startupSteps);
    }

    /** Returns its scheduled jobs. */
    public List<ScheduledJob> jobs() {
        return List.copyOf(parts.jobs);
    }

    /** Returns its tasks of the relay's leader. */
    public List<LeaderTask> leaderTasks() {
        return List.copyOf(parts.leaderTasks);
    }

    /** Returns its lines for the operator. */
    public List<Greeting> greetings() {
        return List.copyOf(parts.greetings);
    }

    /** Returns its parts that run on every node. */
    public List<Deployable> parts() {
        return List.copyOf(parts.parts);
    }

    /** Returns its services for the command line, by type. */
    public Map<Class<?>, Supplier<?>> services() {
        return Map.copyOf(parts.services);
    }
}
